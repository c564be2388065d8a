using SiOutcomeLab.Country.Making;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Country.Delivering;

/// <summary>The deliveries that are made at one time: each organisation sends the quarters since the last.</summary>
/// <param name="First">The first quarter it covers, from 0.</param>
/// <param name="Last">The last.</param>
public sealed record Wave(int First, int Last)
{
    private const int History = 4;

    /// <summary>The folder of its deliveries: the last quarter's name.</summary>
    public string Name => CountryRules.PeriodOf(Last).ToString();

    /// <summary>
    /// The waves up to a quarter: a first one with the year before anything starts, then one a quarter; or all in one.
    /// </summary>
    /// <param name="through">The last quarter covered, from 0.</param>
    /// <param name="asOne">Whether everything is sent at once.</param>
    public static IReadOnlyList<Wave> Through(int through, bool asOne = false)
    {
        if (asOne || through < History) return [new Wave(0, through)];
        return [new Wave(0, History - 1), .. Enumerable.Range(History, through - History + 1).Select(q => new Wave(q, q))];
    }

    /// <summary>The number of a quarter, from 0.</summary>
    /// <param name="period">A quarter of the country's years.</param>
    public static int QuarterOf(Period period) => period.Since(CountryRules.FirstQuarter);
}
