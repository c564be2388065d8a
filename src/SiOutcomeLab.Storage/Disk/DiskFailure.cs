namespace SiOutcomeLab.Storage.Disk;

/// <summary>Tells a full disk from a failing one, by what the operating system says.</summary>
internal static class DiskFailure
{
    private const int NoSpace = 28;
    private const int LinuxQuota = 122;
    private const int AppleQuota = 69;
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    public static bool Is(Exception e) => e is (IOException or UnauthorizedAccessException) and not StorageUnavailableException;

    public static StorageUnavailableException Of(string operation, string path, Exception cause) => IsFull(cause)
        ? new StorageFullException(path, cause)
        : StorageUnavailableException.For(operation, path, cause);

    // On Unix the runtime leaves the system's own error number in HResult.
    private static bool IsFull(Exception cause) => OperatingSystem.IsWindows()
        ? cause.HResult is WindowsHandleDiskFull or WindowsDiskFull
        : cause.HResult == NoSpace || cause.HResult == (OperatingSystem.IsMacOS() ? AppleQuota : LinuxQuota);
}
