using System.Runtime.InteropServices;

namespace SiOutcomeLab.Contract;

/// <summary>
/// Records parted by their person's digest, in the order they came. So many bytes of them stay in memory; the rest goes to a scratch file,
/// which holds digests under a key that only this process knows and is gone when it is closed.
/// </summary>
internal sealed class KeyPartitions<T>(string folder, long memoryBytes) : IDisposable
    where T : unmanaged, IPersonKey
{
    public const int Partitions = 64;

    // Small enough to stay off the large-object heap.
    private const int ExtentRecords = 2048;
    private readonly List<Extent>[] _full = [.. Enumerable.Range(0, Partitions).Select(_ => new List<Extent>())];
    private readonly T[]?[] _open = new T[]?[Partitions];
    private readonly int[] _used = new int[Partitions];
    private readonly int _extentBytes = Marshal.SizeOf<T>() * ExtentRecords;
    private readonly Lock _reading = new();
    private FileStream? _file;
    private long _held;

    public long Count { get; private set; }

    /// <summary>Bytes in the scratch file.</summary>
    public long SpilledBytes { get; private set; }

    public void Add(in T record)
    {
        var at = (int)(record.High >> 58);
        var extent = _open[at] ??= new T[ExtentRecords];
        extent[_used[at]++] = record;
        Count++;
        if (_used[at] == ExtentRecords) Fold(at);
    }

    /// <summary>Shows a partition's records, in the order they came, in pieces. Different partitions may be read at the same time.</summary>
    public IEnumerable<ReadOnlyMemory<T>> Read(int partition)
    {
        T[]? buffer = null;
        foreach (var extent in _full[partition])
        {
            if (extent.Records is { } held)
            {
                yield return held;
                continue;
            }

            buffer ??= new T[ExtentRecords];
            lock (_reading)
            {
                _file!.Position = extent.Offset;
                _file.ReadExactly(MemoryMarshal.AsBytes(buffer.AsSpan()));
            }

            yield return buffer;
        }

        if (_open[partition] is { } last) yield return last.AsMemory(0, _used[partition]);
    }

    public void Dispose() => _file?.Dispose();

    private void Fold(int at)
    {
        _used[at] = 0;
        if (_held + _extentBytes <= memoryBytes)
        {
            _held += _extentBytes;
            _full[at].Add(new Extent(_open[at], 0));
            _open[at] = null;
            return;
        }

        _file ??= CheckScratch.Create(folder);
        _full[at].Add(new Extent(null, SpilledBytes));
        _file.Write(MemoryMarshal.AsBytes(_open[at].AsSpan()));
        SpilledBytes += _extentBytes;
    }

    private readonly record struct Extent(T[]? Records, long Offset);
}
