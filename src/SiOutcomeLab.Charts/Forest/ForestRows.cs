using SiOutcomeLab.Charts.Drawing;
using SiOutcomeLab.Charts.Scales;

namespace SiOutcomeLab.Charts;

/// <summary>A row of a forest plot with only what can be placed on its axis; the rest has become words.</summary>
internal sealed record ForestRows(RowText Text, ChartWords Words, IntervalValue? Estimate = null)
{
    public IntervalValue? Shrunken { get; private init; }

    public double? Weight { get; private init; }

    public (double Low, double High)? Prediction { get; private init; }

    public bool IsPooled { get; private init; }

    public static IReadOnlyList<ForestRows> Of(Canvas canvas, ForestData data)
    {
        var rows = data.Rows.Select(r => Own(canvas, data, r)).ToList();
        if (data.Pooled is not { } pooled) return rows;
        var estimate = Placed(pooled.Estimate, data);
        var told = Told(canvas, data, pooled.Label, estimate, pooled.Gap, bold: true);
        rows.Add(new ForestRows(told, canvas.Words, estimate) { IsPooled = true });
        if (pooled is { PredictionLower: { } low, PredictionUpper: { } high } && !double.IsNaN(low) && !double.IsNaN(high))
        {
            var text = new RowText(Capital(canvas.Words.PredictionInterval), IntervalText.Ends(canvas, low, high, data.Decimals));
            rows.Add(new ForestRows(text, canvas.Words) { Prediction = (low, high) });
        }

        return rows;
    }

    private static ForestRows Own(Canvas canvas, ForestData data, ForestRow row)
    {
        var estimate = Placed(row.Estimate, data);
        var gap = estimate is null ? row.Gap ?? canvas.Words.NotShown : null;
        return new ForestRows(Told(canvas, data, row.Label, estimate, gap, bold: false), canvas.Words, estimate)
        {
            // A row that is told in words shows no second mark either: it would tell what the first may not.
            Shrunken = estimate is null ? null : Placed(row.Shrunken, data),
            Weight = row.Weight is > 0 and < double.PositiveInfinity && estimate is not null ? row.Weight : null,
        };
    }

    private static RowText Told(Canvas canvas, ForestData data, string label, IntervalValue? estimate, string? gap, bool bold) =>
        estimate is { } value
            ? new RowText(XmlText.Clean(label), IntervalText.Of(canvas, value, data.Decimals), Bold: bold)
            : new RowText(XmlText.Clean(label), "", XmlText.Clean(gap ?? canvas.Words.NotShown), bold);

    private static IntervalValue? Placed(IntervalValue? value, ForestData data) =>
        value is { } v && Scale.CanPlace(v.Value, data.Logarithmic) ? v : null;

    private static string Capital(string words) => words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
}
