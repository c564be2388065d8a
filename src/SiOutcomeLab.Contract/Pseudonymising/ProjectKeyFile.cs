using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Contract;

/// <summary>
/// A project key in a file of its own: JSON with project, key id, time and the key in base64. Only its owner may read it: where the
/// system has Unix permissions, the file is made with 0600 and a file open to others is refused. A key is never written over.
/// </summary>
public static class ProjectKeyFile
{
    private const string Kind = "silab-project-key";
    private const int MostBytes = 4096;
    private const UnixFileMode OthersBits =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Writes a key to a new file and has it flushed to the disk.</summary>
    /// <param name="path">Where; there must be no file.</param>
    /// <param name="key">The key.</param>
    /// <exception cref="ProjectKeyFileException">There is a file already.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteNew(string path, ProjectKey key)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var content = ToJson(key);
        try
        {
            using var file = new FileStream(path, options);
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new ProjectKeyFileException(ProjectKeyFileFault.Exists, path);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    /// <summary>Reads a key.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ProjectKeyFileException">The file is missing, open to others, no key file, or damaged.</exception>
    public static ProjectKey Read(string path)
    {
        if (!File.Exists(path)) throw new ProjectKeyFileException(ProjectKeyFileFault.Missing, path);
        // The opened file is judged, not its name: a link's own mode and length say nothing.
        using var file = File.OpenHandle(path);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & OthersBits) != 0)
        {
            throw new ProjectKeyFileException(ProjectKeyFileFault.OpenToOthers, path);
        }

        var length = RandomAccess.GetLength(file);
        if (length > MostBytes) throw new ProjectKeyFileException(ProjectKeyFileFault.Malformed, path);
        var content = new byte[length];
        if (RandomAccess.Read(file, content, 0) < length) throw new ProjectKeyFileException(ProjectKeyFileFault.Malformed, path);
        try
        {
            return Parse(content, path);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    /// <summary>Whether a file says that it is a key file; false also when it cannot be read.</summary>
    /// <param name="path">The file.</param>
    public static bool IsKeyFile(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length > MostBytes) return false;
        try
        {
            return File.ReadAllBytes(path).AsSpan().IndexOf("\"silab-project-key\""u8) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    internal static ProjectKey Parse(ReadOnlyMemory<byte> utf8Json, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8Json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 4 });
            var root = document.RootElement;
            if (root.GetProperty("kind").GetString() != Kind) throw Malformed(path);
            var project = root.GetProperty("project").GetString();
            if (!CodeRule.IsValid(project)) throw Malformed(path);
            var key = new ProjectKey(
                new ProjectId(project!), root.GetProperty("created").GetDateTimeOffset(), root.GetProperty("key").GetBytesFromBase64());
            return root.GetProperty("key_id").GetString() == key.Id
                ? key
                : throw new ProjectKeyFileException(ProjectKeyFileFault.Damaged, path);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            // The reader's own message may quote the file, so it goes no further.
            throw Malformed(path);
        }
    }

    internal static byte[] ToJson(ProjectKey key)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", Kind);
            writer.WriteString("project", key.Project.Code);
            writer.WriteString("key_id", key.Id);
            writer.WriteString("created", key.Created.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            writer.WriteBase64String("key", key.Bytes);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static ProjectKeyFileException Malformed(string path) => new(ProjectKeyFileFault.Malformed, path);
}
