using SiOutcomeLab.Charts;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Measures;
using SiOutcomeLab.Pipelines.Evaluation;

namespace SiOutcomeLab.Hub.Web.Words;

/// <summary>Released numbers as people read them. A suppressed cell is words, never a number and never nothing.</summary>
/// <param name="language">In which language.</param>
internal sealed class ReleasedNumbers(PageLanguage language)
{
    public string Withheld(Cell cell) => cell.Suppression is { } reason
        ? language.Pick("visas inte: ", "withheld: ") + language.Pick(EffectWords.Of(reason))
        : throw new ArgumentException("The cell is shown.", nameof(cell));

    public string Text(Cell cell, int decimals) => cell.TryGet(out var value) ? language.Number(value, decimals) : Withheld(cell);

    public string Persons(Cell cell) => Text(cell, 0);

    public string Share(Cell cell) => cell.TryGet(out var value) ? language.Charts.Numbers.Percent(value, 0) : Withheld(cell);

    /// <summary>A p-value; one too small to write is told as below the smallest that is written.</summary>
    public string PValue(Cell cell) => cell.TryGet(out var value) && value < 0.001 ? "< " + language.Number(0.001, 3) : Text(cell, 3);

    /// <summary>An amount of a measure, with its unit; a share of persons per 100.</summary>
    public string Amount(Cell cell, MeasureWords words) => cell.TryGet(out var value)
        ? $"{language.Number(Scaled(value, words), PlainNumber.DecimalsFor(Scaled(value, words)))} {Unit(words)}"
        : Withheld(cell);

    /// <summary>An amount that a plan states, with its unit.</summary>
    public string Planned(double value, MeasureWords words) => $"{language.Plain(Scaled(value, words))} {Unit(words)}";

    /// <summary>"1 273 (−274 till 2 821)", in the measure's unit; the largest end sets the decimals of all three.</summary>
    public string PointAndInterval(ReleasedEstimate e, MeasureWords words)
    {
        if (!e.Point.TryGet(out var point)) return Withheld(e.Point);
        return $"{language.Number(Scaled(point, words), Decimals(e, words))} ({Interval(e, words)})";
    }

    public string Interval(ReleasedEstimate e, MeasureWords words)
    {
        var decimals = Decimals(e, words);
        if (!e.Low.TryGet(out var low)) return Withheld(e.Low);
        return e.High.TryGet(out var high)
            ? string.Join(' ', Number(low), language.Pick("till", "to"), Number(high))
            : Withheld(e.High);

        string Number(double value) => language.Number(Scaled(value, words), decimals);
    }

    /// <summary>The numbers for a picture; null when any of the three may not be shown.</summary>
    public static IntervalValue? ForPicture(ReleasedEstimate? e, MeasureWords words) =>
        e is not null && e.Point.TryGet(out var point) && e.Low.TryGet(out var low) && e.High.TryGet(out var high)
            ? new IntervalValue(Scaled(point, words), Scaled(low, words), Scaled(high, words))
            : null;

    public static int Decimals(ReleasedEstimate e, MeasureWords words) => PlainNumber.DecimalsFor(
        new[] { e.Point, e.Low, e.High }.Select(c => c.TryGet(out var value) ? Math.Abs(Scaled(value, words)) : 0).Max());

    public string Unit(MeasureWords words) => words.IsRate ? language.Pick("av 100 personer", "in 100 persons") : language.Pick(words.Unit);

    public static MeasureWords WordsOf(MeasureCode measure) => MeasureVocabulary.Of(measure);

    private static double Scaled(double value, MeasureWords words) => words.IsRate ? value * 100 : value;
}
