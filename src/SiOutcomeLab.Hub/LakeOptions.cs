using SiOutcomeLab.Hub.Configuration;

namespace SiOutcomeLab.Hub;

/// <summary>What holds the lake.</summary>
public enum LakeKind
{
    /// <summary>A folder: in the data folder, or one that all hubs have mounted.</summary>
    Folder = 1,

    /// <summary>A store that speaks S3.</summary>
    S3 = 2,
}

/// <summary>Where the lake is. Another place than the data folder goes with a PostgreSQL catalogue, and must be one for all its hubs.</summary>
public sealed record LakeOptions
{
    /// <summary>What holds it.</summary>
    public LakeKind Kind { get; init; } = LakeKind.Folder;

    /// <summary>The folder; null for the data folder's own.</summary>
    [OptionPath]
    public string? Folder { get; init; }

    /// <summary>For <c>s3</c>, the store's address, e.g. <c>https://s3.example.se</c>.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>For <c>s3</c>, the bucket; must be there.</summary>
    public string? Bucket { get; init; }

    /// <summary>For <c>s3</c>, what objects' names begin with; empty for none.</summary>
    public string Prefix { get; init; } = string.Empty;

    /// <summary>For <c>s3</c>, the region by which requests are signed.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>For <c>s3</c>, a file with two lines, access key and secret key.</summary>
    [OptionPath]
    public string? CredentialsFile { get; init; }

    /// <summary>Every breach, by key.</summary>
    /// <param name="isShared">Whether several hubs may share the catalogue.</param>
    public IEnumerable<OptionBreach> Breaches(bool isShared)
    {
        if (!Enum.IsDefined(Kind)) yield return new("kind", new("ska vara folder eller s3.", "must be folder or s3."));
        if (!isShared && (Kind != LakeKind.Folder || Folder is not null))
        {
            yield return new(
                Kind == LakeKind.Folder ? "folder" : "kind",
                new("kan sättas bara med catalogue.kind: postgres.", "can be set only with catalogue.kind: postgres."));
        }

        if (isShared && Kind == LakeKind.Folder && string.IsNullOrEmpty(Folder))
        {
            yield return new(
                "folder",
                new("ska ange en mapp som alla hubbar når, när catalogue.kind är postgres.", "must name a folder that all hubs reach, when catalogue.kind is postgres."));
        }

        if (Kind != LakeKind.S3) yield break;
        if (Endpoint is not { Scheme: "http" or "https", UserInfo: "" })
        {
            yield return new("endpoint", new("ska vara en adress som https://s3.example.se.", "must be an address such as https://s3.example.se."));
        }

        if (string.IsNullOrEmpty(Bucket)) yield return new("bucket", new("ska ange en hink (bucket).", "must name a bucket."));
        if (Credentials() is null)
        {
            yield return new(
                "credentials_file",
                new("ska ange en läsbar fil med två rader: åtkomstnyckel och hemlig nyckel.", "must name a readable file with two lines: access key and secret key."));
        }
    }

    /// <summary>Access key and secret key; null when the file does not hold them.</summary>
    internal (string Access, string Secret)? Credentials()
    {
        try
        {
            return CredentialsFile is not null && File.ReadAllLines(CredentialsFile) is [{ Length: > 0 } access, { Length: > 0 } secret, ..]
                ? (access.Trim(), secret.Trim())
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Told as a breach, by its key.
            return null;
        }
    }
}
