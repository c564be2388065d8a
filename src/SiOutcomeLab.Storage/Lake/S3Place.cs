namespace SiOutcomeLab.Storage.Lake;

/// <summary>Where a lake in an S3 store is, and who may use it there.</summary>
/// <param name="Endpoint">The store's address.</param>
/// <param name="Bucket">The bucket; must be there.</param>
/// <param name="Prefix">What objects' names begin with; empty for none, else ends with a slash.</param>
/// <param name="Region">The region by which requests are signed.</param>
/// <param name="AccessKey">The access key.</param>
/// <param name="SecretKey">The secret key.</param>
public sealed record S3Place(Uri Endpoint, string Bucket, string Prefix, string Region, string AccessKey, string SecretKey)
{
    /// <summary>Without the keys.</summary>
    public override string ToString() => $"{Bucket}/{Prefix} at {Endpoint.Host}";
}
