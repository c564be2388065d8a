namespace SiOutcomeLab.Storage.Disk;

/// <summary>
/// The disk under lake or spool fails, or refuses. Nothing that was under way has been acknowledged. Transient for the sender: the same
/// may be sent again when the operator has mended the disk.
/// </summary>
/// <param name="path">The file or folder.</param>
/// <param name="message">What failed and what to do.</param>
/// <param name="innerException">What the operating system said.</param>
public class StorageUnavailableException(string path, string message, Exception? innerException = null)
    : IOException(message, innerException)
{
    /// <summary>The file or folder. For the operator; not for callers of the hub.</summary>
    public string Path { get; } = path;

    internal static StorageUnavailableException For(string operation, string path, Exception cause) => new(
        path, $"The disk failed to {operation} {path} ({cause.Message}); look at the system's log, and send again when it is mended.", cause);
}
