using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Panel;

/// <summary>Weighted averages of cells, with the influence of each unit also through the cohort shares that weigh them.</summary>
internal sealed class CellAverages
{
    private readonly GroupTimeEffect[] _cells;
    private readonly double[] _values;
    private readonly int[] _firstTreated;
    private readonly double[] _weights;
    private readonly UnitClusters _clusters;
    private readonly Dictionary<int, double> _size = [];
    private readonly int _leftOut;

    public CellAverages(IReadOnlyList<GroupTimeEffect> cells, int[] firstTreated, double[] weights, UnitClusters clusters)
    {
        (_firstTreated, _weights, _clusters) = (firstTreated, weights, clusters);
        _cells = [.. cells.Where(cell => cell.Effect is Estimated<PointEstimate>)];
        _values = [.. _cells.Select(cell => ((Estimated<PointEstimate>)cell.Effect).Value.Value)];
        _leftOut = cells.Count - _cells.Length;
        foreach (var group in _cells.Select(cell => cell.Group)) _size[group] = 0;
        for (var unit = 0; unit < firstTreated.Length; unit++)
        {
            if (_size.TryGetValue(firstTreated[unit], out var size)) _size[firstTreated[unit]] = size + weights[unit];
        }
    }

    private delegate bool Filter(GroupTimeEffect cell);

    public Estimable<AggregatedEffects> Aggregate(Aggregation aggregation, AggregationOptions options)
    {
        bool Treated(GroupTimeEffect cell) => cell.EventTime >= 0 && !(cell.EventTime > options.LastEventTime);
        if (!_cells.Any(Treated))
        {
            return Estimable.Not<AggregatedEffects>(
                NotEstimableReason.NoTreated,
                $"No effect after treatment began can be estimated; {_leftOut} cells are left out.");
        }

        return aggregation switch
        {
            Aggregation.Simple => Estimable.Of(Result(aggregation, [], Average(Treated, bySize: true))),
            Aggregation.Group => Estimable.Of(OverGroups(Keyed(Treated, cell => cell.Group, bySize: false))),
            Aggregation.Calendar => OverKeys(aggregation, Keyed(Treated, cell => cell.Period, bySize: true), _ => true),
            Aggregation.Dynamic => OverKeys(aggregation, EventTimes(options), key => key >= 0),
            _ => throw new ArgumentOutOfRangeException(nameof(aggregation), aggregation, "Not an aggregation.")
        };
    }

    /// <summary>Averages by event time, ascending; of all cells there are.</summary>
    public IReadOnlyList<Mean> ByEventTime() => [.. Keyed(_ => true, cell => cell.EventTime, bySize: true).Select(pair => pair.Mean)];

    private List<(int Key, Mean Mean)> EventTimes(AggregationOptions options)
    {
        var (from, to) = (_cells.Min(cell => cell.Period), _cells.Max(cell => cell.Period));
        bool Wanted(GroupTimeEffect cell)
        {
            if (cell.EventTime < options.FirstEventTime || cell.EventTime > options.LastEventTime) return false;
            return options.BalanceEventTime is not { } balance
                || (to - cell.Group >= balance && cell.EventTime <= balance && cell.EventTime >= balance - to + from);
        }

        return Keyed(Wanted, cell => cell.EventTime, bySize: true);
    }

    private List<(int Key, Mean Mean)> Keyed(Filter filter, Func<GroupTimeEffect, int> key, bool bySize) =>
        [.. _cells.Where(cell => filter(cell)).Select(key).Distinct().Order()
            .Select(k => (k, Average(cell => filter(cell) && key(cell) == k, bySize)))];

    // Cohorts' shares are themselves estimated: a unit of cohort g moves its weight, and the average by how far g's cells lie from it.
    private Mean Average(Filter filter, bool bySize)
    {
        int[] chosen = [.. Enumerable.Range(0, _cells.Length).Where(i => filter(_cells[i]))];
        double[] weights = [.. chosen.Select(i => bySize ? _size[_cells[i].Group] : 1)];
        var total = weights.Sum();
        var value = chosen.Zip(weights, (i, w) => w * _values[i]).Sum() / total;
        var influence = new double[_firstTreated.Length];
        var pull = new Dictionary<int, double>();
        for (var k = 0; k < chosen.Length; k++)
        {
            var cell = _cells[chosen[k]];
            cell.AddInfluence(weights[k] / total, influence);
            pull[cell.Group] = pull.GetValueOrDefault(cell.Group) + ((_values[chosen[k]] - value) / total);
        }

        if (bySize) AddShares(pull, influence);
        return new Mean(value, influence);
    }

    private void AddShares(Dictionary<int, double> pull, double[] influence)
    {
        if (pull.Count < 2) return;
        var (groups, by) = (pull.Keys.ToArray(), pull.Values.ToArray());
        for (var unit = 0; unit < influence.Length; unit++)
        {
            // Cohorts are few: looking through them costs less than hashing.
            if (Array.IndexOf(groups, _firstTreated[unit]) is >= 0 and var group) influence[unit] += _weights[unit] * by[group];
        }
    }

    private AggregatedEffects OverGroups(List<(int Key, Mean Mean)> groups)
    {
        var total = groups.Sum(group => _size[group.Key]);
        var value = groups.Sum(group => _size[group.Key] * group.Mean.Value) / total;
        var influence = new double[_firstTreated.Length];
        foreach (var (key, mean) in groups) LaneSum.AddScaled(_size[key] / total, mean.Influence, influence);
        AddShares(groups.ToDictionary(group => group.Key, group => (group.Mean.Value - value) / total), influence);
        return Result(Aggregation.Group, groups, new Mean(value, influence));
    }

    private Estimable<AggregatedEffects> OverKeys(Aggregation aggregation, List<(int Key, Mean Mean)> keys, Func<int, bool> inOverall)
    {
        Mean[] chosen = [.. keys.Where(key => inOverall(key.Key)).Select(key => key.Mean)];
        if (chosen.Length == 0)
        {
            return Estimable.Not<AggregatedEffects>(
                NotEstimableReason.NoTreated, "The chosen event times leave no effect after treatment began.");
        }

        var influence = new double[_firstTreated.Length];
        foreach (var mean in chosen) LaneSum.AddScaled(1.0 / chosen.Length, mean.Influence, influence);
        return Estimable.Of(Result(aggregation, keys, new Mean(chosen.Average(mean => mean.Value), influence)));
    }

    private AggregatedEffects Result(Aggregation aggregation, List<(int Key, Mean Mean)> keys, Mean overall) => new(_clusters)
    {
        Aggregation = aggregation,
        Overall = Point(overall),
        ByKey = [.. keys.Select(key => (key.Key, Point(key.Mean)))],
        CellsLeftOut = _leftOut,
        OverallInfluence = overall.Influence,
        InfluenceByKey = [.. keys.Select(key => key.Mean.Influence)]
    };

    private PointEstimate Point(Mean mean) => new(mean.Value, _clusters.StandardError(mean.Influence));

    public sealed record Mean(double Value, double[] Influence);
}
