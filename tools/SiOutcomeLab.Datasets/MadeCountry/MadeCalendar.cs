using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Datasets.MadeCountry;

/// <summary>Ten quarters: four before the index quarter, the index quarter, five after it.</summary>
internal static class MadeCalendar
{
    public const int Before = 4;
    public const int After = 5;
    public const int Count = Before + 1 + After;

    /// <summary>The quarter in which everybody who takes part starts.</summary>
    public static readonly Period Index = new(PeriodLength.Quarter, 2023 * 4);

    public static IReadOnlyList<Period> Periods { get; } = [.. Enumerable.Range(-Before, Count).Select(Index.Plus)];

    /// <summary>The place, in an array over all quarters, of event time <paramref name="time"/>.</summary>
    public static int At(int time) => time + Before;
}
