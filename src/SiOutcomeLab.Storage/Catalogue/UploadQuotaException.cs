namespace SiOutcomeLab.Storage.Catalogue;

/// <summary>An organisation has too many uploads, or too many bytes, on their way at once. Transient: finish or cancel one.</summary>
/// <param name="quota">What it may have.</param>
public sealed class UploadQuotaException(UploadQuota quota)
    : Exception($"At most {quota.MaximumOpen} uploads and {quota.MaximumBytes} bytes may be open at once; finish or cancel one first.")
{
    /// <summary>What an organisation may have open.</summary>
    public UploadQuota Quota { get; } = quota;
}
