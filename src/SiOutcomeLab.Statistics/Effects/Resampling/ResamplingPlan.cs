using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Statistics.Effects.Resampling;

/// <summary>What is drawn: rows or whole clusters, from all or within either arm.</summary>
internal sealed class ResamplingPlan
{
    private readonly int[][] _strata;
    private readonly int[]? _unitOf;
    private readonly int _units;

    private ResamplingPlan(int[][] strata, int[]? unitOf, int units) => (_strata, _unitOf, _units) = (strata, unitOf, units);

    public bool WholeClusters => _unitOf is not null;

    /// <summary>How often each unit may be drawn into a buffer of this length.</summary>
    public int Units => _units;

    public static ResamplingPlan Of(int rows, ReadOnlySpan<bool> treated, ReadOnlySpan<int> clusters, bool byArm)
    {
        int[]? unitOf = null;
        var units = rows;
        if (!clusters.IsEmpty)
        {
            var codes = new Dictionary<int, int>();
            unitOf = new int[rows];
            for (var i = 0; i < rows; i++)
            {
                if (!codes.TryGetValue(clusters[i], out unitOf[i])) codes.Add(clusters[i], unitOf[i] = codes.Count);
            }

            units = codes.Count;
        }

        if (!byArm) return new ResamplingPlan([[.. Enumerable.Range(0, units)]], unitOf, units);

        var arm = new int[units];
        for (var i = 0; i < rows; i++)
        {
            var (unit, own) = (unitOf is null ? i : unitOf[i], treated[i] ? 1 : 2);
            if (arm[unit] + own == 3)
            {
                throw new ArgumentException(
                    $"The cluster of row {i} has rows of both arms; draw whole clusters without strata.", nameof(clusters));
            }

            arm[unit] = own;
        }

        return new ResamplingPlan(
            [[.. Enumerable.Range(0, units).Where(u => arm[u] == 1)], [.. Enumerable.Range(0, units).Where(u => arm[u] == 2)]],
            unitOf,
            units);
    }

    /// <summary>Draws as many units as there are, with replacement, and counts how often each row came.</summary>
    /// <param name="random">The replicate's generator.</param>
    /// <param name="units">Room for one count per unit; the counts themselves when units are rows.</param>
    /// <param name="counts">One count per row.</param>
    public void Draw(ReplicateRandom random, Span<int> units, Span<int> counts)
    {
        var drawn = _unitOf is null ? counts : units;
        drawn.Clear();
        foreach (var stratum in _strata)
        {
            if (stratum.Length == _units)
            {
                for (var draw = 0; draw < stratum.Length; draw++) drawn[random.Below(stratum.Length)]++;
            }
            else
            {
                for (var draw = 0; draw < stratum.Length; draw++) drawn[stratum[random.Below(stratum.Length)]]++;
            }
        }

        if (_unitOf is null) return;
        for (var i = 0; i < counts.Length; i++) counts[i] = units[_unitOf[i]];
    }
}
