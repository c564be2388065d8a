using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SiOutcomeLab.Parquet;

/// <summary>Gives equal byte values equal codes, in order of first appearance.</summary>
internal sealed class BytesDictionaryBuilder(int maxBytes, int overhead)
{
    private readonly List<uint> _hashes = [];
    private int[] _slots = new int[64];

    public ByteValues Entries { get; } = new();

    /// <summary>The value's code, or −1 when the dictionary page would grow over its limit.</summary>
    public int Find(ReadOnlySpan<byte> value)
    {
        var hash = Hash(value);
        var mask = _slots.Length - 1;
        for (var slot = (int)hash & mask; ; slot = (slot + 1) & mask)
        {
            var code = _slots[slot] - 1;
            if (code < 0) return Add(value, hash, slot);
            if (_hashes[code] == hash && Entries[code].SequenceEqual(value)) return code;
        }
    }

    private int Add(ReadOnlySpan<byte> value, uint hash, int slot)
    {
        if (Entries.DataBytes + value.Length + ((Entries.Count + 1L) * overhead) > maxBytes) return -1;
        Entries.Add(value);
        _hashes.Add(hash);
        _slots[slot] = Entries.Count;
        if (Entries.Count * 2 > _slots.Length) Grow();
        return Entries.Count - 1;
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        var mask = _slots.Length - 1;
        for (var code = 0; code < _hashes.Count; code++)
        {
            var slot = (int)_hashes[code] & mask;
            while (_slots[slot] != 0) slot = (slot + 1) & mask;
            _slots[slot] = code + 1;
        }
    }

    /// <summary>
    /// Multiply and fold, eight bytes a step. Values come from the writer's own caller, so no seed is needed against floods.
    /// </summary>
    private static uint Hash(ReadOnlySpan<byte> value)
    {
        const ulong factor = 0x9E3779B97F4A7C15;
        var hash = (ulong)value.Length * factor;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(value)) hash = Fold((hash ^ word) * factor);
        ulong rest = 0;
        foreach (var one in value[(value.Length & ~7)..]) rest = (rest << 8) | one;
        return (uint)Fold((hash ^ rest) * factor);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong hash) => hash ^ (hash >> 32);
}
