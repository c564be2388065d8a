using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Storage.Catalogue;

/// <summary>The upload of a submission that was to be committed is not open: it was cancelled, has expired, or another call ended it.</summary>
/// <param name="upload">The upload as it stands; null when it does not exist.</param>
public sealed class UploadEndedException(Upload? upload)
    : Exception("The upload is no longer open; nothing has been committed. Ask for its state.")
{
    /// <summary>The upload as it stands; null when it does not exist.</summary>
    public Upload? Upload { get; } = upload;
}
