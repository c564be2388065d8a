using System.Globalization;
using System.Text;
using SiOutcomeLab.Storage.Disk;

namespace SiOutcomeLab.Storage.Lake;

/// <summary>
/// Which format a lake in a folder has: the file <c>lake-format</c> in it says <c>silab lake N</c>. Format 1 had no such file, and its
/// objects held persons as their senders had named them; in format 2 the hub has named them anew.
/// </summary>
public static class LakeFormat
{
    /// <summary>The format that this build reads and writes.</summary>
    public const int Current = 2;

    internal const string FileName = "lake-format";
    internal const string ObjectsFolder = "objects";

    private const string MarkFileName = "lake-catalogue";
    private const string Words = "silab lake ";
    private const int MaximumBytes = 64;

    /// <summary>The format of the lake in a folder; null when there is no lake yet.</summary>
    /// <exception cref="LakeFormatException">There are objects, and the file does not tell the format.</exception>
    /// <exception cref="StorageUnavailableException">The disk fails.</exception>
    public static int? Read(IDisk disk, string folder)
    {
        using var file = disk.FolderExists(folder) ? disk.TryOpen(Path.Combine(folder, FileName), DiskOpen.Read) : null;
        if (file is not null && Parse(file) is { } format) return format;

        // Without objects, a file that tells nothing is one whose writer lost power: the lake was never open.
        if (!HasObjects(disk, folder)) return null;
        return file is null ? 1 : throw new LakeFormatException(LakeFormatProblem.Unreadable, folder, null);
    }

    /// <summary>Says what format the lake in a folder has, durably. For an upgrade, when its work is done.</summary>
    /// <param name="disk">The disk.</param>
    /// <param name="folder">The lake's folder, which is there.</param>
    /// <param name="format">The format; positive.</param>
    /// <exception cref="StorageUnavailableException">The disk fails; the format is what it was, or cannot be told.</exception>
    public static void Write(IDisk disk, string folder, int format)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(format);
        WriteFile(disk, folder, format);
        disk.FlushFolder(folder, FlushSite.LakeFolders);
    }

    /// <summary>Makes a new lake of a folder, or makes sure that the one there can be read by this build.</summary>
    internal static void Open(IDisk disk, string folder)
    {
        var found = Read(disk, folder);
        if (found < Current) throw new LakeFormatException(LakeFormatProblem.TooOld, folder, found);
        if (found > Current) throw new LakeFormatException(LakeFormatProblem.TooNew, folder, found);
        disk.Ensure(folder, FlushSite.LakeFolders);

        // Also when it is there: whoever wrote it may have died before it was durable. Its name is flushed with that of the objects' folder.
        WriteFile(disk, folder, Current);
        disk.Ensure(Path.Combine(folder, ObjectsFolder), FlushSite.LakeFolders);
    }

    /// <summary>The word in the lake's mark file, made with the candidate where there is none.</summary>
    internal static string Mark(IDisk disk, string folder, string candidate)
    {
        var path = Path.Combine(folder, MarkFileName);
        using var file = disk.TryOpen(path, DiskOpen.Change) ?? disk.TryOpen(path, DiskOpen.Create)
            ?? throw new StorageUnavailableException(path, $"The file {path} appears and disappears.");
        Span<byte> bytes = stackalloc byte[MaximumBytes];
        var found = Encoding.ASCII.GetString(bytes[..file.Read(0, bytes)]).Trim();
        if (found.Length > 0) return found;
        file.Write(0, Encoding.ASCII.GetBytes(candidate));
        file.Flush(FlushSite.LakeFormat);
        disk.FlushFolder(folder, FlushSite.LakeFolders);
        return candidate;
    }

    private static void WriteFile(IDisk disk, string folder, int format)
    {
        var path = Path.Combine(folder, FileName);
        using var file = disk.TryOpen(path, DiskOpen.Change) ?? disk.TryOpen(path, DiskOpen.Create)
            ?? throw new StorageUnavailableException(path, $"The file {path} appears and disappears.");

        // One write of less than a sector: it is there whole or not at all.
        var text = TextOf(format);
        file.Write(0, text);
        file.Truncate(text.Length);
        file.Flush(FlushSite.LakeFormat);
    }

    /// <summary>What the file says of a format.</summary>
    internal static byte[] TextOf(int format) => Encoding.ASCII.GetBytes($"{Words}{format.ToString(CultureInfo.InvariantCulture)}\n");

    /// <summary>The format that a file tells; null when it tells none.</summary>
    internal static int? Parse(string text) =>
        text.StartsWith(Words, StringComparison.Ordinal) && text.EndsWith('\n')
            && int.TryParse(text.AsSpan(Words.Length).TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out var format)
            ? format
            : null;

    private static int? Parse(IDiskFile file)
    {
        Span<byte> bytes = stackalloc byte[MaximumBytes];
        return Parse(Encoding.ASCII.GetString(bytes[..file.Read(0, bytes)]));
    }

    private static bool HasObjects(IDisk disk, string folder)
    {
        var objects = Path.Combine(folder, ObjectsFolder);
        return disk.FolderExists(objects)
            && disk.List(objects, DiskEntries.Folders).Any(s => disk.List(Path.Combine(objects, s), DiskEntries.Files).Count > 0);
    }
}
