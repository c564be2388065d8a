using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SiOutcomeLab.Contract;

/// <summary>
/// Texts end to end, each once, numbered in the order they came. The sender chooses the texts, so the hash has a random seed: it cannot be
/// made to collide on purpose.
/// </summary>
internal sealed class DistinctTexts
{
    private readonly ulong _seed = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;
    private readonly ulong _factor = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;
    private int[] _slots = new int[64];
    private uint[] _hashes = new uint[32];
    private int[] _bounds = new int[33];
    private byte[] _data = new byte[256];

    public int Count { get; private set; }

    public ReadOnlySpan<byte> Data => _data.AsSpan(0, _bounds[Count]);

    public ReadOnlySpan<int> Bounds => _bounds.AsSpan(0, Count + 1);

    public ReadOnlySpan<byte> this[int index] => _data.AsSpan(_bounds[index], _bounds[index + 1] - _bounds[index]);

    public void Clear()
    {
        _slots.AsSpan().Clear();
        Count = 0;
    }

    /// <summary>The text's number, a new one when it is not among those before.</summary>
    public int Find(ReadOnlySpan<byte> text)
    {
        var hash = Hash(text);
        var mask = _slots.Length - 1;
        for (var slot = (int)hash & mask; ; slot = (slot + 1) & mask)
        {
            var index = _slots[slot] - 1;
            if (index < 0) return Add(text, hash, slot);
            if (_hashes[index] == hash && this[index].SequenceEqual(text)) return index;
        }
    }

    private int Add(ReadOnlySpan<byte> text, uint hash, int slot)
    {
        var end = _bounds[Count];
        if (_data.Length - end < text.Length) Array.Resize(ref _data, checked((int)Math.Max(end + (long)text.Length, 2L * _data.Length)));
        if (Count == _hashes.Length)
        {
            Array.Resize(ref _hashes, Count * 2);
            Array.Resize(ref _bounds, (Count * 2) + 1);
        }

        text.CopyTo(_data.AsSpan(end));
        _hashes[Count] = hash;
        _bounds[Count + 1] = end + text.Length;
        _slots[slot] = ++Count;
        if (Count * 2 > _slots.Length) Grow();
        return Count - 1;
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        var mask = _slots.Length - 1;
        for (var index = 0; index < Count; index++)
        {
            var slot = (int)_hashes[index] & mask;
            while (_slots[slot] != 0) slot = (slot + 1) & mask;
            _slots[slot] = index + 1;
        }
    }

    private uint Hash(ReadOnlySpan<byte> text)
    {
        var hash = _seed ^ (ulong)text.Length;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(text)) hash = Mix(hash ^ word);
        ulong rest = 0;
        foreach (var one in text[(text.Length & ~7)..]) rest = (rest << 8) | one;
        hash = Mix(hash ^ rest);
        return (uint)(hash ^ (hash >> 32));
    }

    private ulong Mix(ulong value)
    {
        var high = Math.BigMul(value, _factor, out var low);
        return high ^ low;
    }
}
