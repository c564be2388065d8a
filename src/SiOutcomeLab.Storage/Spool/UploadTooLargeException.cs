namespace SiOutcomeLab.Storage.Spool;

/// <summary>An upload is larger than this hub takes. Sending it again will not help; splitting it by period will.</summary>
/// <param name="maximumBytes">The most bytes one upload may have.</param>
public sealed class UploadTooLargeException(long maximumBytes)
    : Exception($"The upload is larger than the {maximumBytes} bytes that this hub takes; send fewer periods at a time.")
{
    /// <summary>The most bytes one upload may have.</summary>
    public long MaximumBytes { get; } = maximumBytes;
}
