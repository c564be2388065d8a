using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Country.Making;

/// <summary>What is the same for every municipality of a made country.</summary>
public sealed record CountryRules
{
    /// <summary>The first quarter that anybody is followed in.</summary>
    public static Period FirstQuarter { get; } = new(PeriodLength.Quarter, 2020 * 4);

    /// <summary>The seed of everything.</summary>
    public ulong Seed { get; init; } = 20_261_122;

    /// <summary>Quarters followed, from <see cref="FirstQuarter"/>; at most 20, five years.</summary>
    public int Quarters { get; init; } = 20;

    /// <summary>The chance to leave follow-up in a quarter, for a person with schooling and a partner; others 1.3–2 times as often.</summary>
    public double ExitRate { get; init; } = 0.006;

    /// <summary>Share of persons who move to another municipality of the country.</summary>
    public double MoverShare { get; init; } = 0.05;

    /// <summary>Share of moves where both municipalities report the quarter of the move.</summary>
    public double OverlapShare { get; init; } = 0.3;

    /// <summary>Standard deviation, on the index scale, of what persons share who take part in one group.</summary>
    public double GroupSpread { get; init; } = 0.25;

    /// <summary>
    /// Standard deviation, on the index scale, of what all persons of a municipality share and no covariate tells. Zero by default: with
    /// it, comparison persons from other municipalities are not comparable, and no estimator that goes by covariates can mend that.
    /// </summary>
    public double LevelSpread { get; init; }

    /// <summary>Standard deviation of the persons' own multiplier of the effect, around the municipality's.</summary>
    public double ResponseSpread { get; init; } = 0.4;

    /// <summary>The chance of starting outside the target group, in parts of the chance within it.</summary>
    public double OffTarget { get; init; } = 0.25;

    /// <summary>The quarter with a number.</summary>
    /// <param name="quarter">0 for the first.</param>
    public static Period PeriodOf(int quarter) => FirstQuarter.Plus(quarter);
}
