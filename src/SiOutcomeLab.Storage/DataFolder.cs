using System.Globalization;
using System.Text;
using SiOutcomeLab.Storage.Disk;

namespace SiOutcomeLab.Storage;

/// <summary>
/// The folder in which one hub keeps everything: <c>catalogue.db</c>, <c>scheduler.db</c>, <c>lake/</c> and <c>spool/</c>.
/// Whoever holds a <see cref="DataFolder"/> holds the folder alone; disposing it, or the end of the process, lets it go.
/// </summary>
/// <remarks>
/// The hold is an operating-system lock on <c>hub.lock</c>, so it cannot go stale after a crash. <c>hub.pid</c> beside it only tells
/// people which process holds it: a locked file cannot be read by others on every system.
/// </remarks>
public sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream heldLock)
    {
        Path = path;
        _lock = heldLock;
    }

    /// <summary>The folder, as a full path.</summary>
    public string Path { get; }

    /// <summary>The catalogue's SQLite file; made by the catalogue.</summary>
    public string CataloguePath => System.IO.Path.Combine(Path, "catalogue.db");

    /// <summary>The scheduler's SQLite file; made by the scheduler. A file of its own, because its locks are its own.</summary>
    public string SchedulerPath => System.IO.Path.Combine(Path, "scheduler.db");

    /// <summary>The lake's folder.</summary>
    public string LakePath => System.IO.Path.Combine(Path, "lake");

    /// <summary>The folder of uploads that are still arriving.</summary>
    public string SpoolPath => System.IO.Path.Combine(Path, "spool");

    /// <summary>Creates the folder where it is missing (readable by this account only, on Unix) and takes hold of it.</summary>
    /// <param name="path">The folder; relative paths count from the current directory.</param>
    /// <exception cref="DataFolderInUseException">Another process, or another part of this one, holds it.</exception>
    /// <exception cref="IOException">The folder cannot be made, or its file system has no working locks.</exception>
    /// <exception cref="UnauthorizedAccessException">This account may not write there.</exception>
    public static DataFolder Open(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var full = System.IO.Path.GetFullPath(path);

        Prepare(PhysicalDisk.Instance, full);
        var held = TakeLock(full);
        try
        {
            RequireWorkingLock(full);
            WritePid(full);
            var folder = new DataFolder(full, held);
            PhysicalDisk.Instance.CreateFolder(folder.LakePath);
            PhysicalDisk.Instance.CreateFolder(folder.SpoolPath);
            return folder;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Lets the folder go. The lock file stays: deleting it would let two processes lock two files of one name.</summary>
    public void Dispose() => _lock.Dispose();

    /// <summary>Makes the folder, durably. (Lake and spool see to their own folders in it; lock and process number need not last.)</summary>
    internal static void Prepare(IDisk disk, string folder) => disk.Ensure(folder, FlushSite.DataFolder);

    private static FileStream TakeLock(string folder)
    {
        var path = LockPath(folder);
        try
        {
            return PrivateDisk.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e.GetType() == typeof(IOException) && File.Exists(path))
        {
            throw new DataFolderInUseException(folder, ReadPid(folder), e);
        }
    }

    /// <summary>Some network file systems, and a runtime switch, grant every lock to everybody: better no hub than two.</summary>
    private static void RequireWorkingLock(string folder)
    {
        try
        {
            using var second = PrivateDisk.Open(LockPath(folder), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return;
        }

        throw new IOException(
            $"File locks have no effect in {folder}: put the data folder on a local disk, and unset DOTNET_SYSTEM_IO_DISABLEFILELOCKING.");
    }

    private static void WritePid(string folder)
    {
        using var file = PrivateDisk.Open(PidPath(folder), FileMode.Create, FileAccess.Write, FileShare.Read);
        file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
    }

    private static int? ReadPid(string folder)
    {
        try
        {
            var text = File.ReadAllText(PidPath(folder));
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The number only helps the reader of the message; its absence must not hide the message.
            return null;
        }
    }

    private static string LockPath(string folder) => System.IO.Path.Combine(folder, "hub.lock");

    private static string PidPath(string folder) => System.IO.Path.Combine(folder, "hub.pid");
}
