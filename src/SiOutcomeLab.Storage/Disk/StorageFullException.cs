namespace SiOutcomeLab.Storage.Disk;

/// <summary>The disk, or this account's share of it, is full. Nothing that was under way has been acknowledged.</summary>
/// <param name="path">The file that could not grow.</param>
/// <param name="innerException">What the operating system said.</param>
public sealed class StorageFullException(string path, Exception? innerException = null)
    : StorageUnavailableException(path, $"There is no room left on the disk of {path}; free some, and send again.", innerException);
