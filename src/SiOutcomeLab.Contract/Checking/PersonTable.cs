using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Contract;

/// <summary>
/// The persons of a submission, numbered from 0 in the order they appear, each with one bit per period of the manifest.
/// Exact: whole pseudonyms are compared, not hashes of them.
/// </summary>
internal sealed class PersonTable(int periods, int maxPersons)
{
    private readonly Dictionary<PersonId, int> _numbers = [];
    private readonly int _words = (periods + 63) / 64;
    private ulong[] _seen = [];

    public int Count => _numbers.Count;

    /// <summary>Whether a person was left out because the table was full; what is said about persons is then incomplete.</summary>
    public bool IsFull { get; private set; }

    /// <summary>The person's number, a new one when not met before; −1 when the table is full.</summary>
    public int Number(PersonId person)
    {
        if (_numbers.TryGetValue(person, out var number)) return number;
        if (_numbers.Count >= maxPersons)
        {
            IsFull = true;
            return -1;
        }

        number = _numbers.Count;
        _numbers.Add(person, number);
        var needed = (long)(number + 1) * _words;
        if (needed > _seen.Length) Array.Resize(ref _seen, (int)Math.Min(Math.Max(needed, 2L * _seen.Length), Array.MaxLength));
        return number;
    }

    /// <summary>The person's number; −1 when not met.</summary>
    public int Find(PersonId person) => _numbers.GetValueOrDefault(person, -1);

    /// <summary>Marks a person's period as seen; false when it already was.</summary>
    public bool Mark(int person, int period)
    {
        ref var word = ref _seen[(person * (long)_words) + (period / 64)];
        var bit = 1UL << (period % 64);
        if ((word & bit) != 0) return false;
        word |= bit;
        return true;
    }
}
