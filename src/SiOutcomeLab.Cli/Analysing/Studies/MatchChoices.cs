using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Matching;

namespace SiOutcomeLab.Cli.Analysing.Studies;

/// <summary>How <c>silab analyse match</c> matches; the defaults are MatchIt's.</summary>
internal sealed record MatchChoices
{
    public required MatchMethod Method { get; init; }

    public required string MethodWord { get; init; }

    public required Estimand Estimand { get; init; }

    public MatchDistance Distance { get; init; } = MatchDistance.Score;

    public MatchLink Link { get; init; } = MatchLink.Logit;

    public required string LinkWord { get; init; }

    public required string DistanceWord { get; init; }

    public int Ratio { get; init; } = 1;

    /// <summary>Bounds of a ratio that varies; null for the same for all.</summary>
    public (int Least, int Most)? Variable { get; init; }

    public bool Replace { get; init; }

    public double? Caliper { get; init; }

    /// <summary>False when the caliper is in the score's own unit.</summary>
    public bool CaliperInDeviations { get; init; } = true;

    /// <summary>Null for MatchIt's: the largest score first, for the ATC the smallest, without a score the file's order.</summary>
    public MatchingOrder? Order { get; init; }

    /// <summary>Shuffles the order in which rows choose; null for none.</summary>
    public int? Seed { get; init; }

    public Discard Discard { get; init; }

    public int Subclasses { get; init; } = 6;

    public double Level { get; init; } = 0.95;

    /// <summary>Whether the arms change places: the engine matches for the treated.</summary>
    public bool ChangesOver => Estimand == Estimand.Untreated && Method is MatchMethod.Nearest or MatchMethod.Optimal;

    /// <summary>Whether a score is modelled.</summary>
    public bool NeedsScore => Method is not (MatchMethod.Exact or MatchMethod.Coarsened) && (Distance == MatchDistance.Score || Caliper is not null
        || Discard != Discard.None);

    public Caliper? Width() => Caliper is not { } width ? null
        : CaliperInDeviations ? Statistics.Matching.Caliper.StandardDeviations(width) : Statistics.Matching.Caliper.Raw(width);
}

/// <summary>How rows are put together.</summary>
internal enum MatchMethod
{
    Nearest = 1,
    Optimal = 2,
    Full = 3,
    Subclass = 4,
    Exact = 5,
    Coarsened = 6,
}

/// <summary>What counts as near.</summary>
internal enum MatchDistance
{
    Score = 1,
    Mahalanobis = 2,
    RobustMahalanobis = 3,
}

/// <summary>On which scale a score is matched.</summary>
internal enum MatchLink
{
    /// <summary>The probability by a logistic model.</summary>
    Logit = 1,

    /// <summary>Its log odds.</summary>
    LinearLogit = 2,

    /// <summary>The probability by a probit model.</summary>
    Probit = 3,
}
