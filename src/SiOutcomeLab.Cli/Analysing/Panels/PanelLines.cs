using MathNet.Numerics.Distributions;
using SiOutcomeLab.Cli.Analysing.Reports;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Panel;

namespace SiOutcomeLab.Cli.Analysing.Panels;

/// <summary>Group-time effects and their averages as lines of a report.</summary>
internal sealed class PanelLines
{
    private static readonly (Aggregation Kind, string Name, string Key)[] Kinds =
    [
        (Aggregation.Simple, "simple", ""), (Aggregation.Group, "group", "group"), (Aggregation.Dynamic, "dynamic", "event"),
        (Aggregation.Calendar, "calendar", "calendar"),
    ];

    private readonly GroupTimeEffects _effects;
    private readonly PanelChoices _choices;
    private readonly (string Name, string Key, Estimable<AggregatedEffects> Average, UniformBand? Band)[] _averages;
    private readonly UniformBand? _cellBand;

    public PanelLines(GroupTimeEffects effects, PanelChoices choices, CancellationToken cancellationToken)
    {
        (_effects, _choices) = (effects, choices);
        _averages = [.. Kinds.Select(kind =>
        {
            var average = effects.Aggregate(
                kind.Kind, kind.Kind == Aggregation.Dynamic ? new() { BalanceEventTime = choices.BalanceEventTime } : null);
            var band = choices.Bands is { } draws && kind.Kind != Aggregation.Simple
                ? Value(average.Then(found => found.Band(draws, choices.Options.Level, cancellationToken: cancellationToken)))
                : null;
            return (kind.Name, kind.Key, average, band);
        })];
        _cellBand = choices.Bands is { } some ? Value(effects.Band(some, cancellationToken: cancellationToken)) : null;
    }

    /// <summary>simple, group, dynamic and calendar: one number each.</summary>
    public IEnumerable<EstimateLine> Overall() => _averages.Select(each => each.Average.Match(
        average => Line(each.Name, average.Overall, _effects.Units, null),
        (reason, detail) => new EstimateLine(each.Name, "ATT") { Refusal = new(reason, detail) }));

    /// <summary>group(g), event(e) and calendar(t).</summary>
    public IEnumerable<EstimateLine> ByKey() => _averages.SelectMany(each => each.Average.Match(
        average => average.ByKey.Select((pair, i) => Line($"{each.Key}({pair.Key})", pair.Estimate, _effects.Units, Band(each.Band, i)) with
        {
            EventTime = each.Key == "event" ? pair.Key : null,
        }),
        (_, _) => []));

    /// <summary>att(g,t).</summary>
    public IEnumerable<EstimateLine> Cells()
    {
        var estimable = 0;
        foreach (var cell in _effects.Cells)
        {
            var name = $"att({cell.Group},{cell.Period})";
            var line = cell.Effect.Match(
                estimate => Line(name, estimate, cell.Treated + cell.Comparison, cell.IsBase ? null : Band(_cellBand, estimable++)),
                (reason, detail) => new EstimateLine(name, "ATT") { Refusal = new(reason, detail) });
            yield return line with { Treated = cell.Treated, Comparison = cell.Comparison };
        }
    }

    public void DescribeBands(AnalysisReport report)
    {
        if (_choices.Bands is null) return;
        foreach (var (name, _, _, band) in _averages)
        {
            if (band is not null) report.Diagnostics.Add(new($"{name}BandCriticalValue", band.CriticalValue, null));
        }

        if (_cellBand is not null) report.Diagnostics.Add(new("attBandCriticalValue", _cellBand.CriticalValue, null));
        report.Notes.Add(new(
            "Banden täcker alla skattningar av samma slag på en gång (group, event, calendar, att), med multiplikatorbootstrap; intervallen gäller var för sig.",
            "Bands cover all estimates of a kind at once (group, event, calendar, att), by the multiplier bootstrap; intervals hold one by one."));
    }

    private EstimateLine Line(string name, PointEstimate estimate, int n, (double Error, double Critical)? band)
    {
        // A base period is 0 by construction: it has no error.
        var isBase = estimate.StandardError == 0;
        var line = new EstimateLine(name, "ATT") { Estimate = estimate.Value, N = n };
        if (isBase) return line;
        var (low, high) = _effects.Interval(estimate);
        var z = Math.Abs(estimate.Value / estimate.StandardError);
        var freedom = _effects.DegreesOfFreedom;
        return line with
        {
            StandardError = estimate.StandardError,
            StandardErrorType = _effects.StandardErrorType.ToString(),
            Low = low,
            High = high,
            DegreesOfFreedom = freedom,
            BandLow = band is { } wide ? estimate.Value - (wide.Critical * wide.Error) : null,
            BandHigh = band is { } same ? estimate.Value + (same.Critical * same.Error) : null,
            PValue = 2 * (double.IsInfinity(freedom) ? Normal.CDF(0, 1, -z) : StudentT.CDF(0, 1, freedom, -z)),
        };
    }

    private static (double Error, double Critical)? Band(UniformBand? band, int index) =>
        band is null ? null : (band.StandardErrors[index], band.CriticalValue);

    private static UniformBand? Value(Estimable<UniformBand> band) => band.Match<UniformBand?>(value => value, (_, _) => null);
}
