using System.Security.Cryptography;
using System.Text.Json;
using SiOutcomeLab.Storage.Disk;

namespace SiOutcomeLab.Storage.Keys;

/// <summary>
/// The key file's form and its safe-keeping: JSON with <c>format</c>, <c>active</c> and <c>keys</c> (<c>id</c>, <c>created</c>,
/// <c>key</c> in base 64), mode 0600, replaced only by rename of a flushed neighbour.
/// </summary>
internal static class HubKeyFile
{
    private const string Format = "silab hub keys";
    private const int Version = 1;
    private const int MaximumBytes = 256 * 1024;
    private const UnixFileMode RightsOfOthers = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public static void RequireOutside(string path, string dataFolder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentException.ThrowIfNullOrWhiteSpace(dataFolder);
        var relative = Path.GetRelativePath(RealPath.Of(dataFolder), RealPath.Of(path));
        var outside = Path.IsPathRooted(relative) || relative == ".." || relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        if (outside) return;
        throw new HubKeyException(
            HubKeyProblem.InsideDataFolder,
            $"The key file {path} lies in the data folder {dataFolder}, and would be in each backup of what it protects; "
            + "keep it elsewhere, such as /etc/silab/hub-keys.json.");
    }

    public static void Create(string path, IReadOnlyList<HubKey> keys, string active) => Guarded(path, () =>
    {
        if (Path.Exists(path))
        {
            throw new HubKeyException(
                HubKeyProblem.FileThere, $"There is a file at {path} already; use it as the key file, or name another path.");
        }

        WriteNew(path, keys, active);
        FolderFlush.Flush(FolderOf(path));
        return true;
    });

    public static void Replace(string path, IReadOnlyList<HubKey> keys, string active) => Guarded(path, () =>
    {
        // Behind a link lies the file that somebody backs up: it is the one to replace.
        var real = RealPath.Of(path);
        var neighbour = real + ".new";
        File.Delete(neighbour);
        WriteNew(neighbour, keys, active);
        File.Move(neighbour, real, overwrite: true);
        FolderFlush.Flush(FolderOf(real));
        return true;
    });

    public static (IReadOnlyList<HubKey> Keys, string Active) Read(string path) => Guarded(path, () =>
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        RequirePrivate(path, file);
        if (file.Length > MaximumBytes) throw Malformed(path, "it is far too long");
        var bytes = new byte[file.Length];
        try
        {
            file.ReadExactly(bytes);
            return Parse(path, bytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    });

    private static (IReadOnlyList<HubKey> Keys, string Active) Parse(string path, byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            if (root.GetProperty("format").GetString() != Format) throw Malformed(path, "its format is not named");
            if (root.GetProperty("version").GetInt32() is var version && version > Version)
            {
                throw new HubKeyException(
                    HubKeyProblem.TooNew, $"The key file {path} has version {version}, this build reads up to {Version}; start the newer build.");
            }

            List<HubKey> keys = [];
            foreach (var element in root.GetProperty("keys").EnumerateArray())
            {
                var key = ReadKey(path, element);
                if (keys.Any(k => k.Id == key.Id)) throw Malformed(path, $"the key {key.Id} is in it twice");
                keys.Add(key);
            }

            var active = root.GetProperty("active").GetString() ?? string.Empty;
            if (keys.All(k => k.Id != active)) throw Malformed(path, "its active key is not in it");
            return (keys, active);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // The reader's message may quote the file, so it is not repeated and not kept.
            throw Malformed(path, "it is not the JSON of a key file");
        }
    }

    private static HubKey ReadKey(string path, JsonElement element)
    {
        var id = element.GetProperty("id").GetString();
        var bytes = element.GetProperty("key").GetBytesFromBase64();
        if (bytes.Length != HubKey.Bytes) throw Malformed(path, $"the key {id} has not {HubKey.Bytes} bytes");
        var key = new HubKey(bytes, element.GetProperty("created").GetDateTimeOffset());
        return key.Id == id ? key : throw Malformed(path, "a key does not belong to the identifier beside it");
    }

    private static void WriteNew(string path, IReadOnlyList<HubKey> keys, string active)
    {
        using var file = PrivateDisk.Open(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        using (var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("version", Version);
            json.WriteString("active", active);
            json.WriteStartArray("keys");
            foreach (var key in keys)
            {
                json.WriteStartObject();
                json.WriteString("id", key.Id);
                json.WriteString("created", key.Created);
                json.WriteBase64String("key", key.Secret);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        file.Flush(flushToDisk: true);
    }

    private static void RequirePrivate(string path, FileStream file)
    {
        if (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file.SafeFileHandle) & RightsOfOthers) == 0) return;
        throw new HubKeyException(
            HubKeyProblem.ReadableByOthers,
            $"The key file {path} is open to other accounts than its owner's; close it with 'chmod 600', and if others may have read it, "
            + "add a new key and wrap everything under that.");
    }

    private static T Guarded<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new HubKeyException(
                HubKeyProblem.FileMissing,
                $"There is no key file at {path}: name the file made when this hub was set up, or fetch it from its backup. "
                + "Only a hub without data may be given a new one.",
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HubKeyException(HubKeyProblem.NoAccess, $"The key file {path} cannot be read or written: {e.Message}", e);
        }
    }

    private static HubKeyException Malformed(string path, string why) => new(
        HubKeyProblem.Malformed, $"The key file {path} cannot be used: {why}. Fetch it from its backup; do not make a new one.");

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;
}
