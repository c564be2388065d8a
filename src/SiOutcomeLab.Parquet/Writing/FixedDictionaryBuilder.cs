using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace SiOutcomeLab.Parquet;

/// <summary>
/// Gives equal values equal codes, in order of first appearance. Equal means the same bits, so that NaN payloads and negative zero survive.
/// </summary>
internal sealed unsafe class FixedDictionaryBuilder<T>(int maxEntries)
    where T : unmanaged
{
    /// <summary>After so many values hardly any of which has come twice, a dictionary is not worth the search.</summary>
    private const int Probe = 16 * 1024;

    /// <summary>So far ahead the places of values are asked for, once the table no longer fits the nearest caches.</summary>
    private const int Ahead = 16;

    private const int LargeTable = 1 << 12;

    private T[] _entries = new T[16];
    private Slot[] _slots = new Slot[64];
    private int _count;

    public ReadOnlySpan<T> Entries => _entries.AsSpan(0, _count);

    /// <summary>Finds codes for values, in order, until the dictionary would grow over its limit or turns out not to repeat.</summary>
    /// <returns>How many values have a code.</returns>
    public int Encode(ReadOnlySpan<T> values, Span<int> codes)
    {
        ref var codeOf = ref MemoryMarshal.GetReference(codes[..values.Length]);
        for (var i = 0; i < values.Length; i++)
        {
            if (_slots.Length > LargeTable && i < values.Length - Ahead && Sse.IsSupported)
            {
                // A hint only, so that it does not matter when the array is moved.
                Sse.Prefetch0(Unsafe.AsPointer(ref SlotOf(_slots, Hash(values[i + Ahead]) & (_slots.Length - 1))));
            }

            var code = Find(values[i]);
            if (code < 0 || (i == Probe && _count > Probe - (Probe / 16))) return i;
            Unsafe.Add(ref codeOf, i) = code;
        }

        return values.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Find(T value)
    {
        var slots = _slots;
        var mask = slots.Length - 1;
        for (var place = Hash(value) & mask; ; place = (place + 1) & mask)
        {
            ref var slot = ref SlotOf(slots, place);
            if (slot.Code == 0) return Add(value, place);
            if (Bits(slot.Value) == Bits(value)) return slot.Code - 1;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Add(T value, int place)
    {
        if (_count == maxEntries) return -1;
        if (_count == _entries.Length) Array.Resize(ref _entries, _count * 2);
        _entries[_count++] = value;
        _slots[place] = new Slot(value, _count);
        if (_count * 2 > _slots.Length) Grow();
        return _count - 1;
    }

    private void Grow()
    {
        _slots = new Slot[_slots.Length * 4];
        var mask = _slots.Length - 1;
        for (var code = 0; code < _count; code++)
        {
            var place = Hash(_entries[code]) & mask;
            while (_slots[place].Code != 0) place = (place + 1) & mask;
            _slots[place] = new Slot(_entries[code], code + 1);
        }
    }

    /// <summary>The place, which the caller has masked to lie in the table.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref Slot SlotOf(Slot[] slots, int place) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(slots), place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Hash(T value) => (int)((Bits(value) * 0x9E3779B97F4A7C15UL) >> 40);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits(T value) =>
        Unsafe.SizeOf<T>() == sizeof(uint) ? Unsafe.BitCast<T, uint>(value) : Unsafe.BitCast<T, ulong>(value);

    /// <param name="Value">The value, beside its code so that one look finds both.</param>
    /// <param name="Code">Its code plus one; 0 where the place is free.</param>
    private readonly record struct Slot(T Value, int Code);
}
