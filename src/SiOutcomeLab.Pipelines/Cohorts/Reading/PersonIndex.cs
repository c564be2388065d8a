using System.Numerics;
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
    private const int WordsPerPerson = LakePersons.Bytes / sizeof(ulong);

    private ulong[] _words;
    private ulong[] _slots;
    private int _mask;
    private int _last = -1;

    public PersonIndex(int expected = 1024)
    {
        _words = new ulong[(long)Math.Max(16, expected) * WordsPerPerson];
        var slots = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(32, expected) * 2);
        _slots = new ulong[slots];
        _mask = slots - 1;
    }

    public int Count { get; private set; }

    public long Bytes => ((long)_words.Length + _slots.Length) * sizeof(ulong);

    /// <summary>The person's number, a new one when the person is new.</summary>
    /// <param name="pseudonym">The 32 bytes as the lake has them.</param>
    public int FindOrAdd(ReadOnlySpan<byte> pseudonym)
    {
        var words = WordsOf(pseudonym);
        if (Guess(words) is >= 0 and var guessed) return _last = guessed;
        var hash = Hash(words);
        var slot = Slot(words, hash);
        if (_slots[slot] is not 0 and var found) return _last = Number(found);
        if ((Count + 1) * 2L > _slots.Length) slot = Grow(words, hash);
        if ((Count + 1) * (long)WordsPerPerson > _words.Length) Array.Resize(ref _words, checked(_words.Length + (_words.Length / 2)));
        words.CopyTo(_words.AsSpan(Count * WordsPerPerson));
        _slots[slot] = (hash & 0xFFFFFFFF_00000000) | (uint)(Count + 1);
        return _last = Count++;
    }

    /// <summary>The person's number, or −1.</summary>
    public int Find(ReadOnlySpan<byte> pseudonym)
    {
        var words = WordsOf(pseudonym);
        if (Guess(words) is >= 0 and var guessed) return _last = guessed;
        var found = _slots[Slot(words, Hash(words))];
        return found == 0 ? -1 : _last = Number(found);
    }

    /// <summary>Many persons' numbers, −1 for one who is not known.</summary>
    /// <remarks>
    /// Each lookup reads two places of tables larger than the processor's caches. In three passes over a block no lookup waits for the one
    /// before it: hashes, then slots, then the persons' bytes.
    /// </remarks>
    /// <param name="batch">Their pseudonyms, in its dictionary or, where it has none, by row.</param>
    /// <param name="first">The first entry or row that is asked about.</param>
    /// <param name="persons">Receives the numbers, one an entry from the first on.</param>
    public void Find(BytesBatch batch, int first, Span<int> persons)
    {
        Span<ulong> hashes = stackalloc ulong[BlockPersons];
        Span<ulong> held = stackalloc ulong[BlockPersons];
        for (var from = 0; from < persons.Length; from += BlockPersons)
        {
            var block = persons.Slice(from, Math.Min(BlockPersons, persons.Length - from));
            for (var i = 0; i < block.Length; i++) hashes[i] = Hash(WordsOf(DeliveryOrder.Pseudonym(batch, first + from + i)));
            for (var i = 0; i < block.Length; i++) held[i] = _slots[(int)hashes[i] & _mask];
            for (var i = 0; i < block.Length; i++)
            {
                var words = WordsOf(DeliveryOrder.Pseudonym(batch, first + from + i));
                block[i] = held[i] == 0 ? -1
                    : (held[i] ^ hashes[i]) >> 32 == 0 && Is(Number(held[i]), words) ? Number(held[i])
                    : Number(_slots[Slot(words, hashes[i])]);
            }
        }
    }

    /// <summary>Whether the person has these 32 bytes.</summary>
    public bool Is(int person, ReadOnlySpan<byte> pseudonym) => Is(person, WordsOf(pseudonym));

    public PersonId At(int person) => LakePersons.Read(MemoryMarshal.AsBytes(Words(person)));

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

    private ulong FirstEight(int person) => System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(MemoryMarshal.AsBytes(Words(person)));

    // Files tend to tell of persons in one order, over and over: the same person again, or the one after.
    private int Guess(ReadOnlySpan<ulong> words)
    {
        if (_last < 0) return -1;
        if (Is(_last, words)) return _last;
        var next = _last + 1;
        return next < Count && Is(next, words) ? next : -1;
    }

    private int Slot(ReadOnlySpan<ulong> words, ulong hash)
    {
        for (var slot = (int)hash & _mask; ; slot = (slot + 1) & _mask)
        {
            var held = _slots[slot];
            if (held == 0) return slot;
            if ((held ^ hash) >> 32 == 0 && Is(Number(held), words)) return slot;
        }
    }

    private int Grow(ReadOnlySpan<ulong> words, ulong hash)
    {
        _slots = new ulong[checked(_slots.Length * 2)];
        _mask = _slots.Length - 1;
        for (var person = 0; person < Count; person++)
        {
            var h = Hash(Words(person));
            var slot = (int)h & _mask;
            while (_slots[slot] != 0) slot = (slot + 1) & _mask;
            _slots[slot] = (h & 0xFFFFFFFF_00000000) | (uint)(person + 1);
        }

        return Slot(words, hash);
    }

    private bool Is(int person, ReadOnlySpan<ulong> words) => Vector256.Create(Words(person)) == Vector256.Create(words);

    private ReadOnlySpan<ulong> Words(int person) => _words.AsSpan(person * WordsPerPerson, WordsPerPerson);

    private static int Number(ulong slot) => (int)(uint)slot - 1;

    private static ReadOnlySpan<ulong> WordsOf(ReadOnlySpan<byte> pseudonym) => pseudonym.Length == LakePersons.Bytes
        ? MemoryMarshal.Cast<byte, ulong>(pseudonym)
        : throw new InvalidDataException("A lake file holds a person_id that is not 32 bytes.");

    // Pseudonyms are the hub's own HMAC: no sender can choose two that meet.
    private static ulong Hash(ReadOnlySpan<ulong> words)
    {
        var mixed = (words[0] ^ BitOperations.RotateLeft(words[1], 17) ^ BitOperations.RotateLeft(words[2], 31) ^ BitOperations.RotateLeft(words[3], 47))
            * 0x9E3779B97F4A7C15;
        return mixed ^ (mixed >> 29);
    }
}
