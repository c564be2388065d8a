using System.Buffers;

namespace SiOutcomeLab.Parquet;

/// <summary>A pooled buffer that grows and is counted; what it held is gone when it grows, unless asked to be kept.</summary>
internal sealed class PooledBytes(HeldBytes held) : IDisposable
{
    private long _counted;

    public byte[] Array { get; private set; } = [];

    /// <summary>Makes the buffer at least so long.</summary>
    /// <param name="bytes">The length needed.</param>
    /// <param name="keepFrom">Start of what is moved to the front of a larger buffer.</param>
    /// <param name="keepLength">Length of it.</param>
    /// <returns>Whether the buffer is another one, with what was kept at its front.</returns>
    public bool Grow(int bytes, int keepFrom = 0, int keepLength = 0)
    {
        if (Array.Length >= bytes) return false;
        held.Change(bytes - _counted);
        _counted = bytes;
        if (keepLength == 0) Return();
        var larger = ArrayPool<byte>.Shared.Rent(bytes);
        Array.AsSpan(keepFrom, keepLength).CopyTo(larger);
        Return();
        Array = larger;
        return true;
    }

    public void Dispose()
    {
        Return();
        held.Change(-_counted);
        _counted = 0;
    }

    private void Return()
    {
        var array = Array;
        Array = [];
        if (array.Length > 0) ArrayPool<byte>.Shared.Return(array);
    }
}
