using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SiOutcomeLab.Storage.Disk;

/// <summary>
/// Makes the entries of a folder durable. A flushed file whose folder is not flushed may be gone after a power loss, so nothing is
/// acknowledged before both are.
/// </summary>
/// <remarks>
/// .NET opens no folders on Unix, so <c>open(2)</c> is called directly; the flush itself is the runtime's own (<c>fsync</c>, and
/// <c>F_FULLFSYNC</c> on macOS). Windows has no such call for ordinary users: NTFS writes folder entries through its journal, and
/// <see cref="Flush"/> does nothing there.
/// </remarks>
internal static partial class FolderFlush
{
    private const int NoAccess = 13;
    private const int LinuxCloseOnExec = 0x80000;
    private const int AppleCloseOnExec = 0x1000000;

    /// <summary>Flushes the entries of <paramref name="folder"/> to the disk.</summary>
    /// <exception cref="UnauthorizedAccessException">This account may not read the folder.</exception>
    /// <exception cref="IOException">The folder could not be opened or flushed; what was written in it is not durable.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(folder, OperatingSystem.IsMacOS() ? AppleCloseOnExec : LinuxCloseOnExec);
        if (descriptor < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            var message = $"The folder {folder} could not be opened to be flushed.";
            throw error == NoAccess
                ? new UnauthorizedAccessException(message, new Win32Exception(error))
                : new IOException(message, new Win32Exception(error));
        }

        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        RandomAccess.FlushToDisk(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);
}
