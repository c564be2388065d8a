using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Effects.OutcomeModels;

/// <summary>What g-computation checks of its arguments before it starts.</summary>
internal static class GComputationGuards
{
    public static void Arguments(
        ReadOnlySpan<double> outcome,
        ReadOnlySpan<bool> treated,
        DesignMatrix covariates,
        BalancingWeights weights,
        GComputationOptions options,
        ReadOnlySpan<int> clusters,
        ReadOnlySpan<double> exposure,
        ReadOnlySpan<double> group)
    {
        EffectGuards.Arguments(outcome, treated, weights.Weights.Length, clusters, options.Level);
        RowGuards.SameLength(outcome.Length, covariates.Rows, nameof(covariates));
        Range(outcome, options.Family);
        if (options.Threads is { } threads) ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1, nameof(options));
        Exposure(exposure, outcome.Length, options.Family);
        if (!group.IsEmpty)
        {
            RowGuards.SameLength(outcome.Length, group.Length, nameof(group));
            RowGuards.Finite(group, nameof(group));
            AtLeast(group, 0, nameof(group), "negative");
            if (!group.ContainsAnyExcept(0.0)) throw new ArgumentException("No row counts in the group.", nameof(group));
        }

        var fits = options.ErrorType switch
        {
            StandardErrorType.MEstimation or StandardErrorType.Hc0 or StandardErrorType.Hc1 or StandardErrorType.ModelBased => true,
            StandardErrorType.Hc2 or StandardErrorType.Hc3 => options.Family == OutcomeFamily.Linear,
            StandardErrorType.ClusteredMEstimation or StandardErrorType.ClusterHc0 or StandardErrorType.ClusterHc1 => !clusters.IsEmpty,
            _ => false
        };
        if (!fits) throw new ArgumentException($"{options.ErrorType} does not fit the family or needs clusters.", nameof(options));
    }

    public static void Exposure(ReadOnlySpan<double> exposure, int rows, OutcomeFamily family)
    {
        if (exposure.IsEmpty) return;
        if (family is not (OutcomeFamily.Poisson or OutcomeFamily.GammaLog))
        {
            throw new ArgumentException("Exposure goes with the Poisson and the gamma family.", nameof(exposure));
        }

        RowGuards.SameLength(rows, exposure.Length, nameof(exposure));
        RowGuards.Finite(exposure, nameof(exposure));
        AtLeast(exposure, double.Epsilon, nameof(exposure), "not over 0");
    }

    public static void Range(ReadOnlySpan<double> outcome, OutcomeFamily family)
    {
        for (var i = 0; i < outcome.Length; i++)
        {
            if (family == OutcomeFamily.Linear || (outcome[i] >= 0 && (family != OutcomeFamily.Logistic || outcome[i] <= 1))) continue;
            throw new ArgumentException($"'{nameof(outcome)}' is out of the {family} family's range in row {i}.", nameof(outcome));
        }
    }

    public static void AtLeast(ReadOnlySpan<double> values, double least, string name, string fault)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] < least) throw new ArgumentException($"'{name}' is {fault} in row {i}.", name);
        }
    }
}
