using System.Runtime.CompilerServices;

namespace SiOutcomeLab.Parquet;

/// <summary>
/// Gives equal values equal codes, in order of first appearance. Equal means the same bits, so that NaN payloads and negative zero survive.
/// </summary>
internal sealed class FixedDictionaryBuilder<T>(int maxEntries)
    where T : unmanaged
{
    /// <summary>After so many values hardly any of which has come twice, a dictionary is not worth the search.</summary>
    private const int Probe = 16 * 1024;

    private T[] _entries = new T[16];
    private int[] _slots = new int[64];
    private int _count;

    public ReadOnlySpan<T> Entries => _entries.AsSpan(0, _count);

    /// <summary>Finds codes for values, in order, until the dictionary would grow over its limit or turns out not to repeat.</summary>
    /// <returns>How many values have a code.</returns>
    public int Encode(ReadOnlySpan<T> values, Span<int> codes)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var code = Find(values[i]);
            if (code < 0 || (i == Probe && _count > Probe - (Probe / 16))) return i;
            codes[i] = code;
        }

        return values.Length;
    }

    private int Find(T value)
    {
        var bits = Bits(value);
        var mask = _slots.Length - 1;
        for (var slot = (int)((bits * 0x9E3779B97F4A7C15UL) >> 40) & mask; ; slot = (slot + 1) & mask)
        {
            var code = _slots[slot] - 1;
            if (code < 0) return Add(value, slot);
            if (Bits(_entries[code]) == bits) return code;
        }
    }

    private int Add(T value, int slot)
    {
        if (_count == maxEntries) return -1;
        if (_count == _entries.Length) Array.Resize(ref _entries, _count * 2);
        _entries[_count] = value;
        _slots[slot] = ++_count;
        if (_count * 2 > _slots.Length) Grow();
        return _count - 1;
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        var mask = _slots.Length - 1;
        for (var code = 0; code < _count; code++)
        {
            var slot = (int)((Bits(_entries[code]) * 0x9E3779B97F4A7C15UL) >> 40) & mask;
            while (_slots[slot] != 0) slot = (slot + 1) & mask;
            _slots[slot] = code + 1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits(T value) =>
        Unsafe.SizeOf<T>() == sizeof(uint) ? Unsafe.BitCast<T, uint>(value) : Unsafe.BitCast<T, ulong>(value);
}
