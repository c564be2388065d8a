using SiOutcomeLab.Country.Making;

namespace SiOutcomeLab.Country.Small;

/// <summary>A country of a few municipalities that all run one method, for studies that make hundreds of them.</summary>
public sealed record SmallCountryOptions
{
    /// <summary>The seed; each replicate of a study takes its own.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The method's code, see <see cref="Programme.Populations.Methods"/>.</summary>
    public string Method { get; init; } = "ips";

    /// <summary>How many municipalities; 1–290.</summary>
    public int Municipalities { get; init; } = 8;

    /// <summary>About how many start in each municipality; null draws each evenly from <see cref="Fewest"/> to <see cref="Most"/>.</summary>
    public IReadOnlyList<int>? Participants { get; init; }

    /// <summary>The fewest wished participants.</summary>
    public int Fewest { get; init; } = 20;

    /// <summary>The most wished participants.</summary>
    public int Most { get; init; } = 150;

    /// <summary>Persons in the target group who do not take part, for each participant.</summary>
    public double PoolRatio { get; init; } = 5;

    /// <summary>Quarters in which persons start.</summary>
    public int StartQuarters { get; init; } = 1;

    /// <summary>Quarters before the first start; at least 2, one more for a placebo on a lag held out.</summary>
    public int QuartersBefore { get; init; } = 4;

    /// <summary>Quarters after the last start.</summary>
    public int Horizon { get; init; } = 4;

    /// <summary>The municipalities' mean multiplier of the method's strength; 0 for a method without effect.</summary>
    public double MeanMultiplier { get; init; } = 1;

    /// <summary>The spread of the multiplier between municipalities.</summary>
    public double MultiplierSpread { get; init; } = 0.35;

    /// <summary>The remaining rules; seed and quarters are set by this record.</summary>
    public CountryRules Rules { get; init; } = new() { MoverShare = 0, ExitRate = 0.004 };
}
