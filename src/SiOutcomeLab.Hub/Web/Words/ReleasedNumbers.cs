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

    /// <summary>A probability in per cent, never as certain: below half a per cent is under one, and likewise at the other end.</summary>
    public string Probability(Cell cell) => !cell.TryGet(out var value) ? Withheld(cell)
        : value < 0.005 ? language.Pick("under 1\u00A0%", "under 1%")
        : value > 0.995 ? language.Pick("över 99\u00A0%", "over 99%")
        : Share(cell);

    /// <summary>A p-value; one too small to write is told as below the smallest that is written.</summary>
    public string PValue(Cell cell) => cell.TryGet(out var value) && value < 0.001 ? "< " + language.Number(0.001, 3) : Text(cell, 3);

    /// <summary>An amount of a measure, with its unit; a share of persons per 100.</summary>
    public string Amount(Cell cell, MeasureWords words) => cell.TryGet(out var value)
        ? $"{language.Number(Scaled(value, words), PlainNumber.DecimalsFor(Scaled(value, words)))} {Unit(words)}"
        : Withheld(cell);

    /// <summary>An amount that a plan states, with its unit.</summary>
    public string Planned(double value, MeasureWords words) => $"{language.Plain(Scaled(value, words))} {Unit(words)}";

    /// <summary>"1 273 (−274 till 2 821)", in the measure's unit; the largest end sets the decimals of all three.</summary>
    public string PointAndInterval(ReleasedEstimate e, MeasureWords words) => PointAndInterval(e.Point, e.Low, e.High, words);

    public string PointAndInterval(Cell point, Cell low, Cell high, MeasureWords words)
    {
        if (!point.TryGet(out var value)) return Withheld(point);
        return $"{language.Number(Scaled(value, words), Decimals([point, low, high], words))} ({Interval(point, low, high, words)})";
    }

    public string Interval(ReleasedEstimate e, MeasureWords words) => Interval(e.Point, e.Low, e.High, words);

    /// <summary>The interval with the decimals that it has beside its point.</summary>
    public string Interval(Cell point, Cell low, Cell high, MeasureWords words)
    {
        var decimals = Decimals([point, low, high], words);
        if (!low.TryGet(out var from)) return Withheld(low);
        return high.TryGet(out var to) ? string.Join(' ', Number(from), language.Pick("till", "to"), Number(to)) : Withheld(high);

        string Number(double value) => language.Number(Scaled(value, words), decimals);
    }

    /// <summary>The numbers for a picture; null when any of the three may not be shown.</summary>
    public static IntervalValue? ForPicture(ReleasedEstimate? e, MeasureWords words) => e is null ? null : ForPicture(e.Point, e.Low,
        e.High, words);

    public static IntervalValue? ForPicture(Cell point, Cell low, Cell high, MeasureWords words) =>
        ForPicture(point, words) is { } value && ForPicture(low, words) is { } from && ForPicture(high, words) is { } to
            ? new IntervalValue(value, from, to)
            : null;

    /// <summary>A number for a picture; null when it may not be shown.</summary>
    public static double? ForPicture(Cell cell, MeasureWords words) => cell.TryGet(out var value) ? Scaled(value, words) : null;

    public static int Decimals(ReleasedEstimate e, MeasureWords words) => Decimals([e.Point, e.Low, e.High], words);

    public static int Decimals(IEnumerable<Cell> cells, MeasureWords words) =>
        PlainNumber.DecimalsFor(cells.Select(c => Math.Abs(ForPicture(c, words) ?? 0)).DefaultIfEmpty(0).Max());

    public string Unit(MeasureWords words) => words.IsRate ? language.Pick("av 100 personer", "in 100 persons") : language.Pick(words.Unit);

    public static MeasureWords WordsOf(MeasureCode measure) => MeasureVocabulary.Of(measure);

    private static double Scaled(double value, MeasureWords words) => words.IsRate ? value * 100 : value;
}
