using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Pipelines.Cohorts.Reading;

/// <summary>
/// The persons of an organisation's latest file in the order it told of them: its next file tends to tell of the same in the same order, so
/// that most are found by looking at whoever should come next, with no lookup in tables that are larger than the processor's caches.
/// </summary>
internal sealed class DeliveryOrder(PersonIndex people)
{
    // How far ahead a person is looked for after somebody who should have come has not.
    private const int Ahead = 32;
    private const int FewestToJudge = 256;

    private int[] _before = [];
    private int[] _now = [];
    private int _count;
    private int _next;

    /// <summary>Bytes it takes.</summary>
    public long Bytes => (_before.LongLength + _now.LongLength) * sizeof(int);

    /// <summary>The next file begins.</summary>
    public void Begin()
    {
        _before = _now[.._count];
        (_count, _next) = (0, 0);
    }

    /// <summary>The pseudonym of an entry of a batch's dictionary, or of a row where it has none.</summary>
    public static ReadOnlySpan<byte> Pseudonym(BytesBatch batch, int entry) => batch.HasDictionary ? batch.DictionaryValue(entry) : batch[entry];

    /// <summary>Persons' numbers, −1 for one who is not known.</summary>
    /// <param name="batch">Their pseudonyms.</param>
    /// <param name="persons">Receives the numbers, one an entry of the batch's dictionary, or a row where it has none.</param>
    public void Find(BytesBatch batch, Span<int> persons)
    {
        var (at, missed) = (0, 0);
        for (; at < persons.Length && _next < _before.Length; at++)
        {
            // Where most come otherwise than before, they are looked up many at once.
            if (at >= FewestToJudge && missed > at / 4) break;
            var pseudonym = Pseudonym(batch, at);
            var expected = _before[_next];
            if (expected >= 0 && people.Is(expected, pseudonym))
            {
                persons[at] = expected;
                _next++;
                continue;
            }

            missed++;
            persons[at] = people.Find(pseudonym);
            var found = _before.AsSpan(_next, Math.Min(Ahead, _before.Length - _next)).IndexOf(persons[at]);
            _next += found + 1;
        }

        if (at < persons.Length) people.Find(batch, at, persons[at..]);
    }

    /// <summary>Takes persons, in the file's order, for what comes next time; −1 is nobody.</summary>
    public void Keep(ReadOnlySpan<int> persons)
    {
        if (_now.Length < _count + persons.Length) Array.Resize(ref _now, Math.Max(_count + persons.Length, _now.Length * 2));
        persons.CopyTo(_now.AsSpan(_count));
        _count += persons.Length;
    }
}
