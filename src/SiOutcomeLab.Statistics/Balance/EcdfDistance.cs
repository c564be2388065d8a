using System.Buffers;
using System.Runtime.InteropServices;

namespace SiOutcomeLab.Statistics.Balance;

/// <summary>
/// Largest and mean difference between the arms' distribution functions, unweighted and weighted, read after the last of tied values.
/// Values are counted into buckets by size. A difference is exact at a bucket's end; within one it cannot go beyond what the bucket holds
/// of either arm, so only buckets that might hold the maximum are looked into (all of them when the mean is wanted), by smaller buckets or,
/// when few rows are left, by sorting. Exact like a full sort, in a fraction of the time.
/// </summary>
internal sealed class EcdfDistance
{
    private const int MostBuckets = 65_536;
    private const int WholeNumbers = 8192;
    private const int SortFrom = 4096;
    private const int DeepestLevel = 8;

    private readonly bool[] _treated;
    private readonly double[] _weights;
    private readonly ArmMoments _own;
    private readonly ArmMoments _other;
    private readonly bool _wantMean;
    private double _before;
    private double _after;
    private double _sumBefore;
    private double _sumAfter;
    private int _distinct;

    /// <summary>Prepares for one column.</summary>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="weights">Weight per row.</param>
    /// <param name="own">Totals of the treated.</param>
    /// <param name="other">Totals of the comparison rows.</param>
    /// <param name="wantMean">True for the mean over distinct values as well.</param>
    public EcdfDistance(bool[] treated, double[] weights, ArmMoments own, ArmMoments other, bool wantMean) =>
        (_treated, _weights, _own, _other, _wantMean) = (treated, weights, own, other, wantMean);

    /// <summary>What has been counted so far, or is in one bucket.</summary>
    private struct Tally
    {
        public int Treated;
        public int Comparison;
        public double WeightTreated;
        public double WeightComparison;

        public readonly int Rows => Treated + Comparison;

        public void Add(in Tally other)
        {
            Treated += other.Treated;
            Comparison += other.Comparison;
            WeightTreated += other.WeightTreated;
            WeightComparison += other.WeightComparison;
        }

        public void Add(bool treated, double weight)
        {
            if (treated)
            {
                Treated++;
                WeightTreated += weight;
            }
            else
            {
                Comparison++;
                WeightComparison += weight;
            }
        }
    }

    /// <summary>Largest and mean difference, before and after weighting; means are null when not wanted.</summary>
    public (double Before, double After, double? MeanBefore, double? MeanAfter) Of(ReadOnlySpan<double> values, double low, double high)
    {
        Tally none = default;
        Level(values, default, low, high, none, 0);
        return _wantMean ? (_before, _after, _sumBefore / _distinct, _sumAfter / _distinct) : (_before, _after, null, null);
    }

    private double Before(in Tally seen) => (seen.Treated / _own.Rows) - (seen.Comparison / _other.Rows);

    private double After(in Tally seen) => (seen.WeightTreated / _own.Weight) - (seen.WeightComparison / _other.Weight);

    private void Read(in Tally seen, bool lastOfItsValue)
    {
        var (before, after) = (Math.Abs(Before(seen)), Math.Abs(After(seen)));
        if (before > _before) _before = before;
        if (after > _after) _after = after;
        if (!lastOfItsValue) return;
        _sumBefore += before;
        _sumAfter += after;
        _distinct++;
    }

    // Rows are numbered by their place when no row numbers are given.
    private void Level(ReadOnlySpan<double> values, ReadOnlySpan<int> rows, double low, double high, Tally seen, int depth)
    {
        if (low == high)
        {
            for (var i = 0; i < values.Length; i++) seen.Add(_treated[rows.IsEmpty ? i : rows[i]], _weights[rows.IsEmpty ? i : rows[i]]);
            Read(seen, true);
            return;
        }

        var count = MostBuckets;
        while (count > 16 && count > values.Length / 64) count /= 2;
        // Whole numbers in a short range get a bucket each, so that nothing is left to look into.
        var whole = high - low < WholeNumbers && AreWhole(values);
        var scale = whole ? 1 : count / (high - low);
        if (whole) count = (int)(high - low) + 1;
        var place = ArrayPool<int>.Shared.Rent(count + 1);
        var tallies = ArrayPool<Tally>.Shared.Rent(count);
        tallies.AsSpan(0, count).Clear();
        Count(values, rows, low, scale, tallies.AsSpan(0, count));
        var kept = Choose(tallies.AsSpan(0, count), place.AsSpan(0, count), seen, whole);
        if (kept > 0) LookInto(values, rows, low, scale, tallies.AsSpan(0, count), place.AsSpan(0, count), kept, seen, depth);
        ArrayPool<int>.Shared.Return(place);
        ArrayPool<Tally>.Shared.Return(tallies);
    }

    private void Count(ReadOnlySpan<double> values, ReadOnlySpan<int> rows, double low, double scale, Span<Tally> tallies)
    {
        var last = tallies.Length - 1;
        for (var i = 0; i < values.Length; i++)
        {
            var row = rows.IsEmpty ? i : rows[i];
            // Without branches: an arm's half of the tally is picked by number.
            var arm = _treated[row] ? 1 : 0;
            var weight = _weights[row];
            ref var tally = ref tallies[Math.Min(last, (int)((values[i] - low) * scale))];
            tally.Treated += arm;
            tally.Comparison += 1 - arm;
            tally.WeightTreated += arm * weight;
            tally.WeightComparison += (1 - arm) * weight;
        }
    }

    // Reads every bucket's end; gives each bucket to look into its place among those rows, others −1. Returns their number of rows.
    private int Choose(ReadOnlySpan<Tally> tallies, Span<int> place, Tally seen, bool whole)
    {
        var start = seen;
        for (var b = 0; b < tallies.Length; b++)
        {
            if (tallies[b].Rows == 0) continue;
            seen.Add(tallies[b]);
            Read(seen, whole || tallies[b].Rows == 1);
        }

        var kept = 0;
        for (var b = 0; b < tallies.Length; b++)
        {
            place[b] = -1;
            ref readonly var tally = ref tallies[b];
            if (!whole && tally.Rows > 1 && (_wantMean || MightHoldMore(start, tally)))
            {
                place[b] = kept;
                kept += tally.Rows;
            }

            start.Add(tally);
        }

        return kept;
    }

    // Within a bucket the difference moves at most by what the bucket holds of either arm.
    private bool MightHoldMore(in Tally start, in Tally tally)
    {
        var (before, after) = (Before(start), After(start));
        return before + (tally.Treated / _own.Rows) > _before
            || (tally.Comparison / _other.Rows) - before > _before
            || after + (tally.WeightTreated / _own.Weight) > _after
            || (tally.WeightComparison / _other.Weight) - after > _after;
    }

    private void LookInto(
        ReadOnlySpan<double> values, ReadOnlySpan<int> rows, double low, double scale, ReadOnlySpan<Tally> tallies, Span<int> place,
        int kept, Tally seen, int depth)
    {
        var keys = ArrayPool<double>.Shared.Rent(kept);
        var owners = ArrayPool<int>.Shared.Rent(kept);
        var last = tallies.Length - 1;
        for (var i = 0; i < values.Length; i++)
        {
            ref var at = ref place[Math.Min(last, (int)((values[i] - low) * scale))];
            if (at < 0) continue;
            keys[at] = values[i];
            owners[at++] = rows.IsEmpty ? i : rows[i];
        }

        for (var b = 0; b < tallies.Length; b++)
        {
            if (place[b] >= 0)
            {
                var from = place[b] - tallies[b].Rows;
                Bucket(keys.AsSpan(from, tallies[b].Rows), owners.AsSpan(from, tallies[b].Rows), seen, depth);
            }

            seen.Add(tallies[b]);
        }

        ArrayPool<double>.Shared.Return(keys);
        ArrayPool<int>.Shared.Return(owners);
    }

    private void Bucket(Span<double> keys, Span<int> owners, Tally seen, int depth)
    {
        if (keys.Length > SortFrom && depth < DeepestLevel)
        {
            var (low, high) = (keys[0], keys[0]);
            foreach (var key in keys) (low, high) = (Math.Min(low, key), Math.Max(high, key));
            Level(keys, owners, low, high, seen, depth + 1);
            return;
        }

        keys.Sort(owners);
        for (var i = 0; i < keys.Length; i++)
        {
            seen.Add(_treated[owners[i]], _weights[owners[i]]);
            if (i + 1 == keys.Length || keys[i + 1] != keys[i]) Read(seen, true);
        }
    }

    private static bool AreWhole(ReadOnlySpan<double> values)
    {
        // Values that are not whole are met at once, as a rule.
        foreach (var value in values)
        {
            if (value != Math.Floor(value)) return false;
        }

        return true;
    }
}
