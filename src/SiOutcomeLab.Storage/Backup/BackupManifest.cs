using System.Text.Json;

namespace SiOutcomeLab.Storage.Backup;

/// <summary>What a backup holds: <c>backup.json</c>, written last. A folder without it is no backup.</summary>
/// <param name="Format">The form of the backup; this build writes and reads 1.</param>
/// <param name="CreatedAt">When the catalogue was copied: the state that the backup restores (UTC).</param>
/// <param name="ProgramVersion">The program that made it.</param>
/// <param name="SchemaVersion">The catalogue's schema.</param>
/// <param name="KeyIds">Identifiers of the hub's keys without which the catalogue's secrets cannot be unwrapped. The keys themselves are
/// not here.</param>
/// <param name="Files">Every file of the backup but this one.</param>
public sealed record BackupManifest(
    int Format,
    DateTimeOffset CreatedAt,
    string ProgramVersion,
    long SchemaVersion,
    IReadOnlyList<string> KeyIds,
    IReadOnlyList<BackupFile> Files)
{
    /// <summary>The file's name in the backup.</summary>
    public const string FileName = "backup.json";

    /// <summary>The form that this build writes.</summary>
    public const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The bytes of all files together.</summary>
    public long TotalBytes() => Files.Sum(f => f.Bytes);

    /// <summary>Reads the manifest of a backup.</summary>
    /// <exception cref="BackupException">There is none, or it cannot be read by this build.</exception>
    public static BackupManifest Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new BackupException(
                BackupProblem.NotThere, path, $"{folder} is no whole backup: it has no {FileName}. Name the folder that 'silab hub backup' made.");
        }

        BackupManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<BackupManifest>(File.ReadAllBytes(path), Json);
        }
        catch (JsonException e)
        {
            throw new BackupException(BackupProblem.FileDamaged, path, $"{path} cannot be read; take another backup.", e);
        }

        if (manifest is null) throw new BackupException(BackupProblem.FileDamaged, path, $"{path} is empty; take another backup.");
        return manifest.Format is >= 1 and <= CurrentFormat
            ? manifest
            : throw new BackupException(BackupProblem.TooNew, path, $"The backup has the form {manifest.Format}; restore it with the program that made it, {manifest.ProgramVersion}.");
    }

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);
}

/// <summary>A file of a backup.</summary>
/// <param name="Path">Its path in the backup, with forward slashes.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its SHA-256, 64 lower-case hexadecimal digits.</param>
public sealed record BackupFile(string Path, long Bytes, string Sha256);

/// <summary>How far a backup, a restore or a check has come.</summary>
/// <param name="Step">What is being done.</param>
/// <param name="DoneBytes">Bytes done of this step.</param>
/// <param name="TotalBytes">Bytes of this step; 0 when unknown.</param>
public sealed record BackupProgress(BackupStep Step, long DoneBytes, long TotalBytes);

/// <summary>Steps of a backup, a restore or a check, in their order.</summary>
public enum BackupStep
{
    /// <summary>The catalogue is copied as of one moment.</summary>
    CopyingCatalogue = 1,

    /// <summary>The lake's objects are copied.</summary>
    CopyingObjects = 2,

    /// <summary>Hashes are compared.</summary>
    Verifying = 3,
}
