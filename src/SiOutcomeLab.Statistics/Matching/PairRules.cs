using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Matching;

/// <summary>One caliper in its covariate's unit.</summary>
internal readonly record struct CaliperBound(double[] Values, double Width);

/// <summary>What any pair must fulfil, whichever way it was found.</summary>
internal sealed class PairRules
{
    private readonly bool[] _treated;
    private readonly bool[] _discarded;
    private readonly int[] _strata;

    private PairRules(
        bool[] treated, bool[] discarded, int[] strata, int stratumCount, CaliperBound? measureCaliper, CaliperBound[] calipers)
    {
        _treated = treated;
        _discarded = discarded;
        _strata = strata;
        StratumCount = stratumCount;
        MeasureCaliper = measureCaliper;
        Calipers = calipers;
        var rows = new int[treated.AsSpan().Count(true)];
        var free = new int[treated.Length - rows.Length];
        int i = 0, j = 0, used = 0;
        for (var row = 0; row < treated.Length; row++)
        {
            var isOut = discarded.Length > 0 && discarded[row];
            if (treated[row])
            {
                rows[i++] = row;
                if (!isOut) used++;
            }
            else if (!isOut)
            {
                free[j++] = row;
            }
        }

        TreatedRows = rows;
        Controls = j == free.Length ? free : free[..j];
        EligibleTreated = used == rows.Length ? rows : [.. rows.Where(row => !discarded[row])];
    }

    /// <summary>All treated rows, discarded ones as well, ascending.</summary>
    public int[] TreatedRows { get; }

    /// <summary>Treated rows that are not discarded, ascending.</summary>
    public int[] EligibleTreated { get; }

    /// <summary>Comparison rows that are not discarded, ascending.</summary>
    public int[] Controls { get; }

    /// <summary>Dense stratum per row, or empty for one stratum.</summary>
    public int[] Strata => _strata;

    public int StratumCount { get; }

    /// <summary>The caliper on the measure, if any.</summary>
    public CaliperBound? MeasureCaliper { get; }

    /// <summary>Calipers on further covariates.</summary>
    public CaliperBound[] Calipers { get; }

    public int Rows => _treated.Length;

    /// <summary>True per discarded row, or empty for none.</summary>
    public bool[] Discarded => _discarded;

    public static PairRules From(
        ReadOnlySpan<double> measure, ReadOnlySpan<bool> treated, ReadOnlySpan<int> strata, NearestNeighbourOptions options)
    {
        var (index, count) = StratumIndex.Of(strata);
        var discarded = CommonSupport.Discarded(measure, treated, options.Discard);
        CaliperBound? own = options.Caliper is { } caliper ? Bound(measure.ToArray(), caliper, discarded) : null;
        var rows = treated.Length;
        return new PairRules(
            treated.ToArray(), discarded, index, count, own,
            [.. options.CovariateCalipers.Select(c => Bound(Checked(c, rows), c.Width, discarded))]);
    }

    public bool IsDiscarded(int row) => _discarded.Length > 0 && _discarded[row];

    /// <summary>Whether a treated row and a control keep the calipers on further covariates.</summary>
    public bool WithinCalipers(int row, int control)
    {
        foreach (var caliper in Calipers)
        {
            if (Math.Abs(caliper.Values[row] - caliper.Values[control]) > caliper.Width) return false;
        }

        return true;
    }

    /// <summary>Throws when a pair breaks a promise: asked of every pair of every result before it is handed out.</summary>
    public void Require(int row, int control)
    {
        if (!_treated[row] || _treated[control]) throw Broken("a pair is not of a treated and a comparison row");
        if (IsDiscarded(row) || IsDiscarded(control)) throw Broken("a discarded row is in use");
        if (_strata.Length > 0 && _strata[row] != _strata[control]) throw Broken("a pair crosses strata");
        if (MeasureCaliper is { } own && !(Math.Abs(own.Values[row] - own.Values[control]) <= own.Width))
        {
            throw Broken("a pair is outside of the caliper");
        }

        if (Calipers.Length > 0 && !WithinCalipers(row, control)) throw Broken("a pair is outside of a covariate's caliper");
    }

    public static InvalidOperationException Broken(string what) =>
        new($"Matching broke its own promise: {what}. The result is not handed out.");

    private static double[] Checked(CovariateCaliper caliper, int rows)
    {
        RowGuards.SameLength(rows, caliper.Values.Length, caliper.Name);
        return caliper.Values.ToArray();
    }

    private static CaliperBound Bound(double[] values, Caliper caliper, bool[] discarded) =>
        new(values, caliper.InStandardDeviations ? caliper.Width * StandardDeviation(values, discarded) : caliper.Width);

    private static double StandardDeviation(double[] values, bool[] discarded)
    {
        CompensatedSum sum = default;
        var n = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (discarded.Length > 0 && discarded[i]) continue;
            sum.Add(values[i]);
            n++;
        }

        var mean = sum.Value / n;
        CompensatedSum squares = default;
        for (var i = 0; i < values.Length; i++)
        {
            if (discarded.Length == 0 || !discarded[i]) squares.Add((values[i] - mean) * (values[i] - mean));
        }

        return Math.Sqrt(squares.Value / (n - 1));
    }
}
