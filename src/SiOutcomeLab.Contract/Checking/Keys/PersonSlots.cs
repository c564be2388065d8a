namespace SiOutcomeLab.Contract;

/// <summary>
/// The persons of one partition by their digests, each with one bit per period. Exact but for two persons sharing a digest, see
/// <see cref="PersonDigest"/>.
/// </summary>
internal sealed class PersonSlots(int periods, int mostPersons)
{
    private readonly int _words = (periods + 63) / 64;
    private int[] _slots = new int[256];
    private (ulong High, ulong Low)[] _digests = new (ulong, ulong)[128];
    private ulong[] _seen = new ulong[128 * ((periods + 63) / 64)];

    public int Count { get; private set; }

    public void Clear()
    {
        _slots.AsSpan().Clear();
        _seen.AsSpan().Clear();
        Count = 0;
    }

    /// <summary>The person's place, made when it is new; −1 when there is no room for another.</summary>
    public int Take<T>(in T key)
        where T : IPersonKey
    {
        var slot = Slot(key.High, key.Low);
        if (_slots[slot] > 0) return _slots[slot] - 1;
        if (Count == mostPersons) return -1;
        if (Count == _digests.Length)
        {
            Grow();
            slot = Slot(key.High, key.Low);
        }

        _digests[Count] = (key.High, key.Low);
        _slots[slot] = ++Count;
        return Count - 1;
    }

    /// <summary>Whether the person is here.</summary>
    public bool Has<T>(in T key)
        where T : IPersonKey => _slots[Slot(key.High, key.Low)] > 0;

    /// <summary>Marks a person's period as seen; false when it already was.</summary>
    public bool Mark(int person, int period)
    {
        ref var word = ref _seen[(person * _words) + (period / 64)];
        var bit = 1UL << (period % 64);
        if ((word & bit) != 0) return false;
        word |= bit;
        return true;
    }

    private int Slot(ulong high, ulong low)
    {
        var mask = _slots.Length - 1;
        // The digest is as good as random; its highest bits chose the partition and its lowest the pass.
        for (var slot = (int)(high >> 20) & mask; ; slot = (slot + 1) & mask)
        {
            var person = _slots[slot] - 1;
            if (person < 0 || _digests[person] == (high, low)) return slot;
        }
    }

    private void Grow()
    {
        Array.Resize(ref _digests, _digests.Length * 2);
        Array.Resize(ref _seen, _digests.Length * _words);
        _slots = new int[_digests.Length * 2];
        for (var person = 0; person < Count; person++) _slots[Slot(_digests[person].High, _digests[person].Low)] = person + 1;
    }
}
