using System.Runtime.Intrinsics;

namespace SiOutcomeLab.Pipelines.Cohorts.Reading;

/// <summary>
/// The persons of an organisation's latest file in the order it told of them: its next file tends to tell of the same in the same order, so
/// that most are found by looking at whoever should come next, with no lookup in tables that are larger than the processor's caches.
/// </summary>
internal sealed class DeliveryOrder(PersonIndex people)
{
    // How far ahead a person is looked for when somebody who should have come has not: by what is there to compare, then by number.
    private const int Near = 4;
    private const int Ahead = 32;
    private const int FewestToJudge = 256;
    private const int OthersAtOnce = 16;

    private readonly List<int> _others = [];

    private int[] _last = [];
    private int[] _now = [];
    private int _expected;
    private int _count;
    private int _next;

    /// <summary>Bytes it takes.</summary>
    public long Bytes => (_last.LongLength + _now.LongLength) * sizeof(int);

    /// <summary>The next file begins.</summary>
    public void Begin()
    {
        (_last, _now, _expected) = (_now, _last, _count);
        (_count, _next) = (0, 0);
    }

    /// <summary>Persons' numbers, −1 for one who is not known.</summary>
    /// <param name="keys">Their pseudonyms, in the file's order.</param>
    /// <param name="persons">Receives the numbers.</param>
    public void Find(ReadOnlySpan<Vector256<ulong>> keys, Span<int> persons)
    {
        var expected = _last.AsSpan(0, _expected);
        _others.Clear();
        for (var (at, missed) = (0, 0); ; missed++)
        {
            var same = people.Follow(expected[_next..], keys[at..]);
            expected.Slice(_next, same).CopyTo(persons[at..]);
            (at, _next) = (at + same, _next + same);
            if (at == persons.Length) break;
            // Where most come otherwise than before, they are looked up many at once.
            if (_next == expected.Length || (at >= FewestToJudge && missed > at / 4))
            {
                people.Find(keys[at..], persons[at..]);
                break;
            }

            if (IsNear(keys[at])) continue;
            if (at + 1 < keys.Length && people.Follow(expected[_next..], keys.Slice(at + 1, 1)) == 1)
            {
                // Only one in between has not come before: looked up with the others of that kind.
                _others.Add(at++);
                continue;
            }

            persons[at] = people.Find(keys[at]);
            var found = expected.Slice(_next, Math.Min(Ahead, expected.Length - _next)).IndexOf(persons[at]);
            _next += found + 1;
            at++;
        }

        FindOthers(keys, persons);
    }

    private void FindOthers(ReadOnlySpan<Vector256<ulong>> keys, Span<int> persons)
    {
        Span<Vector256<ulong>> asked = stackalloc Vector256<ulong>[OthersAtOnce];
        Span<int> found = stackalloc int[OthersAtOnce];
        for (var from = 0; from < _others.Count; from += OthersAtOnce)
        {
            var count = Math.Min(OthersAtOnce, _others.Count - from);
            for (var i = 0; i < count; i++) asked[i] = keys[_others[from + i]];
            people.Find(asked[..count], found[..count]);
            for (var i = 0; i < count; i++) persons[_others[from + i]] = found[i];
        }
    }

    // Somebody, or a few, who came last time have not come.
    private bool IsNear(in Vector256<ulong> key)
    {
        for (var skipped = 1; skipped <= Near && _next + skipped < _expected; skipped++)
        {
            if (people.Follow(_last.AsSpan(_next + skipped, 1), new ReadOnlySpan<Vector256<ulong>>(in key)) == 0) continue;
            _next += skipped;
            return true;
        }

        return false;
    }

    /// <summary>Takes persons, in the file's order, for what comes next time; −1 is nobody.</summary>
    public void Keep(ReadOnlySpan<int> persons)
    {
        if (_now.Length < _count + persons.Length) Array.Resize(ref _now, Math.Max(_count + persons.Length, _now.Length * 2));
        persons.CopyTo(_now.AsSpan(_count));
        _count += persons.Length;
    }
}
