namespace SiOutcomeLab.Statistics.Effects.Resampling;

/// <summary>How often chance alone makes a difference as large as the observed one.</summary>
public sealed class PermutationResult
{
    /// <summary>The observed difference, treated minus comparison, strata weighted by their treated rows; in the outcome's unit.</summary>
    public required double Estimate { get; init; }

    /// <summary>Whose difference it is; <see cref="Estimand.MatchedTreated"/> when strata without comparison rows were left out.</summary>
    public required Estimand Estimand { get; init; }

    /// <summary>Share of arrangements with a difference at least as large in size.</summary>
    public required double PValue { get; init; }

    /// <summary>Share of arrangements with a difference at least as high.</summary>
    public required double PValueGreater { get; init; }

    /// <summary>Share of arrangements with a difference at least as low.</summary>
    public required double PValueLess { get; init; }

    /// <summary>True when all arrangements were gone through, false when some were drawn.</summary>
    public required bool IsExact { get; init; }

    /// <summary>Arrangements looked at; when drawn, the observed one is counted in.</summary>
    public required int Arrangements { get; init; }

    /// <summary>Standard error of <see cref="PValue"/> from drawing; 0 when exact.</summary>
    public required double MonteCarloError { get; init; }

    /// <summary>The seed of the draws.</summary>
    public required int Seed { get; init; }

    /// <summary>Differences that lie this near count as equal, so that rounding does not decide; in the outcome's unit.</summary>
    public required double Tolerance { get; init; }

    /// <summary>Treated rows in strata with both arms.</summary>
    public required int TreatedUsed { get; init; }

    /// <summary>Comparison rows in strata with both arms.</summary>
    public required int ComparisonUsed { get; init; }

    /// <summary>Share of treated rows in strata with both arms, in [0, 1].</summary>
    public required double ShareOfTreatedRetained { get; init; }
}
