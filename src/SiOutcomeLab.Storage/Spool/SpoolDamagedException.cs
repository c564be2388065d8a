namespace SiOutcomeLab.Storage.Spool;

/// <summary>
/// An arriving upload's file is not as it was written, or is opened with another key than it was made with. Nothing of it can be used: the
/// upload is cancelled and begun anew.
/// </summary>
/// <param name="uploadId">The upload.</param>
/// <param name="part">Which of its files.</param>
/// <param name="offset">The first byte of the upload that cannot be read.</param>
public sealed class SpoolDamagedException(string uploadId, string part, long offset)
    : Exception($"The {part} of upload {uploadId} cannot be read from byte {offset} on; begin the upload anew.")
{
    /// <summary>The upload.</summary>
    public string UploadId { get; } = uploadId;

    /// <summary>Which of its files.</summary>
    public string Part { get; } = part;

    /// <summary>The first byte of the upload that cannot be read.</summary>
    public long Offset { get; } = offset;
}
