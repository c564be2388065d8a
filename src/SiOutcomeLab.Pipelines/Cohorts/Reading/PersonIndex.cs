using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Parquet;
using SiOutcomeLab.Pipelines.Intake.Rewriting;

namespace SiOutcomeLab.Pipelines.Cohorts.Reading;

/// <summary>
/// Persons by their pseudonyms' 32 bytes, numbered in the order they are first met: an open-addressing table with linear probing, at most
/// half full. A slot holds half of the hash beside the number, so that another person's bytes are seldom looked at.
/// </summary>
internal sealed class PersonIndex
{
    private const int BlockPersons = 64;

    private Vector256<ulong>[] _keys;
    private ulong[] _slots;
    private int _mask;
    private int _last = -1;

    public PersonIndex(int expected = 1024)
    {
        _keys = new Vector256<ulong>[Math.Max(16, expected)];
        var slots = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(32, expected) * 2);
        _slots = new ulong[slots];
        _mask = slots - 1;
    }

    public int Count { get; private set; }

    public long Bytes => (_keys.LongLength * LakePersons.Bytes) + (_slots.LongLength * sizeof(ulong));

    /// <summary>Pseudonyms as keys.</summary>
    /// <param name="pseudonyms">The 32 bytes of each as the lake has them, end to end.</param>
    public static ReadOnlySpan<Vector256<ulong>> Keys(ReadOnlySpan<byte> pseudonyms) => pseudonyms.Length % LakePersons.Bytes == 0
        ? MemoryMarshal.Cast<byte, Vector256<ulong>>(pseudonyms)
        : throw new InvalidDataException("A lake file holds a person_id that is not 32 bytes.");

    /// <summary>The person's number, a new one when the person is new.</summary>
    /// <param name="pseudonym">The 32 bytes as the lake has them.</param>
    public int FindOrAdd(ReadOnlySpan<byte> pseudonym)
    {
        var key = KeyOf(pseudonym);
        if (Guess(key) is >= 0 and var guessed) return _last = guessed;
        var hash = Hash(key);
        var slot = Slot(key, hash);
        if (_slots[slot] is not 0 and var found) return _last = Number(found);
        if ((Count + 1) * 2L > _slots.Length) slot = Grow(key, hash);
        if (Count == _keys.Length) Array.Resize(ref _keys, checked(_keys.Length + (_keys.Length / 2)));
        _keys[Count] = key;
        _slots[slot] = (hash & 0xFFFFFFFF_00000000) | (uint)(Count + 1);
        return _last = Count++;
    }

    /// <summary>The person's number, or −1.</summary>
    public int Find(ReadOnlySpan<byte> pseudonym)
    {
        var key = KeyOf(pseudonym);
        return Guess(key) is >= 0 and var guessed ? _last = guessed : Find(key);
    }

    /// <summary>As above.</summary>
    public int Find(in Vector256<ulong> key)
    {
        var found = _slots[Slot(key, Hash(key))];
        return found == 0 ? -1 : _last = Number(found);
    }

    /// <summary>Many persons' numbers, −1 for one who is not known.</summary>
    /// <remarks>
    /// Each lookup reads two places of tables larger than the processor's caches. In three passes over a block no lookup waits for the one
    /// before it: hashes, then slots, then the persons' bytes.
    /// </remarks>
    /// <param name="keys">Their pseudonyms.</param>
    /// <param name="persons">Receives the numbers.</param>
    public void Find(ReadOnlySpan<Vector256<ulong>> keys, Span<int> persons)
    {
        Span<ulong> hashes = stackalloc ulong[BlockPersons];
        Span<ulong> held = stackalloc ulong[BlockPersons];
        for (var from = 0; from < persons.Length; from += BlockPersons)
        {
            var block = persons.Slice(from, Math.Min(BlockPersons, persons.Length - from));
            var of = keys.Slice(from, block.Length);
            for (var i = 0; i < of.Length; i++) hashes[i] = Hash(of[i]);
            for (var i = 0; i < of.Length; i++) held[i] = _slots[(int)hashes[i] & _mask];
            for (var i = 0; i < of.Length; i++)
            {
                block[i] = held[i] == 0 ? -1
                    : (held[i] ^ hashes[i]) >> 32 == 0 && _keys[Number(held[i])] == of[i] ? Number(held[i])
                    : Number(_slots[Slot(of[i], hashes[i])]);
            }
        }
    }

    /// <summary>How many keys, from the first on, are those of the persons expected there, one after the other.</summary>
    /// <param name="expected">Persons; negative is nobody.</param>
    /// <param name="keys">Pseudonyms.</param>
    public int Follow(ReadOnlySpan<int> expected, ReadOnlySpan<Vector256<ulong>> keys)
    {
        var known = _keys;
        var length = Math.Min(expected.Length, keys.Length);
        for (var i = 0; i < length; i++)
        {
            var person = expected[i];
            if ((uint)person >= (uint)known.Length || known[person] != keys[i]) return i;
        }

        return length;
    }

    public PersonId At(int person) => LakePersons.Read(PseudonymOf(person));

    /// <summary>Each person's place in the order of pseudonyms.</summary>
    public int[] Ranks()
    {
        var order = InOrder();
        var ranks = new int[Count];
        for (var rank = 0; rank < order.Length; rank++) ranks[order[rank]] = rank;
        return ranks;
    }

    // By the first eight bytes, which alone tell almost all apart; the few that share them are put right after.
    private int[] InOrder()
    {
        var (keys, order) = (new ulong[Count], new int[Count]);
        for (var i = 0; i < keys.Length; i++) (keys[i], order[i]) = (FirstEight(i), i);
        Array.Sort(keys, order);
        for (var from = 0; from < keys.Length;)
        {
            var to = from + 1;
            while (to < keys.Length && keys[to] == keys[from]) to++;
            if (to - from > 1) Array.Sort(order, from, to - from, Comparer<int>.Create((a, b) => At(a).CompareTo(At(b))));
            from = to;
        }

        return order;
    }

    private ulong FirstEight(int person) => System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(PseudonymOf(person));

    // Files tend to tell of persons in one order, over and over: the same person again, or the one after.
    private int Guess(in Vector256<ulong> key)
    {
        if (_last < 0) return -1;
        if (_keys[_last] == key) return _last;
        var next = _last + 1;
        return next < Count && _keys[next] == key ? next : -1;
    }

    private int Slot(in Vector256<ulong> key, ulong hash)
    {
        for (var slot = (int)hash & _mask; ; slot = (slot + 1) & _mask)
        {
            var held = _slots[slot];
            if (held == 0) return slot;
            if ((held ^ hash) >> 32 == 0 && _keys[Number(held)] == key) return slot;
        }
    }

    private int Grow(in Vector256<ulong> key, ulong hash)
    {
        _slots = new ulong[checked(_slots.Length * 2)];
        _mask = _slots.Length - 1;
        for (var person = 0; person < Count; person++)
        {
            var h = Hash(_keys[person]);
            var slot = (int)h & _mask;
            while (_slots[slot] != 0) slot = (slot + 1) & _mask;
            _slots[slot] = (h & 0xFFFFFFFF_00000000) | (uint)(person + 1);
        }

        return Slot(key, hash);
    }

    private ReadOnlySpan<byte> PseudonymOf(int person) => MemoryMarshal.AsBytes(_keys.AsSpan(person, 1));

    private static int Number(ulong slot) => (int)(uint)slot - 1;

    private static Vector256<ulong> KeyOf(ReadOnlySpan<byte> pseudonym) => pseudonym.Length == LakePersons.Bytes
        ? MemoryMarshal.Read<Vector256<ulong>>(pseudonym)
        : throw new InvalidDataException("A lake file holds a person_id that is not 32 bytes.");

    // Pseudonyms are the hub's own HMAC: no sender can choose two that meet.
    private static ulong Hash(in Vector256<ulong> key)
    {
        ref var word = ref Unsafe.As<Vector256<ulong>, ulong>(ref Unsafe.AsRef(in key));
        var mixed = (word ^ BitOperations.RotateLeft(Unsafe.Add(ref word, 1), 17) ^ BitOperations.RotateLeft(Unsafe.Add(ref word, 2), 31)
            ^ BitOperations.RotateLeft(Unsafe.Add(ref word, 3), 47)) * 0x9E3779B97F4A7C15;
        return mixed ^ (mixed >> 29);
    }
}
