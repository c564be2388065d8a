namespace SiOutcomeLab.Storage.Spool;

/// <summary>Somebody has opened the same upload's file since: a newer writer, or the sweeper. This one must write no more.</summary>
/// <param name="uploadId">The upload.</param>
/// <param name="part">Which of its files.</param>
public sealed class SpoolFileTakenException(string uploadId, string part)
    : Exception($"The {part} of upload {uploadId} was taken over by a newer call, or deleted; this call ends here.")
{
    /// <summary>The upload.</summary>
    public string UploadId { get; } = uploadId;

    /// <summary>Which of its files.</summary>
    public string Part { get; } = part;
}
