using SiOutcomeLab.Statistics.LinearAlgebra;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Effects;

/// <summary>Weighted (Hájek) means of a value in both arms, with the counts that a result reports.</summary>
internal sealed record WeightedMeans
{
    public double Treated { get; private init; }

    public double Comparison { get; private init; }

    public double WeightTreated { get; private init; }

    public double WeightComparison { get; private init; }

    public int TreatedUsed { get; private init; }

    public int ComparisonUsed { get; private init; }

    public int TreatedAll { get; private init; }

    public static WeightedMeans Of(ReadOnlySpan<double> values, ReadOnlySpan<bool> treated, ReadOnlySpan<double> weights)
    {
        CompensatedSum sumTreated = default, sumComparison = default, weightTreated = default, weightComparison = default;
        int treatedUsed = 0, comparisonUsed = 0, treatedAll = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (treated[i])
            {
                treatedAll++;
                sumTreated.Add(weights[i] * values[i]);
                weightTreated.Add(weights[i]);
                if (weights[i] > 0) treatedUsed++;
            }
            else
            {
                sumComparison.Add(weights[i] * values[i]);
                weightComparison.Add(weights[i]);
                if (weights[i] > 0) comparisonUsed++;
            }
        }

        return new WeightedMeans
        {
            Treated = sumTreated.Value / weightTreated.Value,
            Comparison = sumComparison.Value / weightComparison.Value,
            WeightTreated = weightTreated.Value,
            WeightComparison = weightComparison.Value,
            TreatedUsed = treatedUsed,
            ComparisonUsed = comparisonUsed,
            TreatedAll = treatedAll
        };
    }

    /// <summary>Influence of each row on the difference of means with weights as given: ± w (y − mean) / Σw.</summary>
    public double[] Influence(ReadOnlySpan<double> values, ReadOnlySpan<bool> treated, ReadOnlySpan<double> weights)
    {
        var influence = PerWeight(values, treated);
        for (var i = 0; i < influence.Length; i++) influence[i] *= weights[i];
        return influence;
    }

    /// <summary>Derivative of the difference of means with respect to each row's weight: ± (y − mean) / Σw.</summary>
    public double[] PerWeight(ReadOnlySpan<double> values, ReadOnlySpan<bool> treated)
    {
        var derivative = new double[values.Length];
        for (var i = 0; i < derivative.Length; i++)
        {
            derivative[i] = treated[i] ? (values[i] - Treated) / WeightTreated : (Comparison - values[i]) / WeightComparison;
        }

        return derivative;
    }

    public EffectResult Result(
        string method,
        Estimand estimand,
        double estimate,
        double meanTreated,
        Uncertainty uncertainty,
        double level,
        ReadOnlySpan<bool> treated,
        ReadOnlySpan<double> weights,
        double[] influence,
        int[] clusters,
        IReadOnlyList<StandardErrorValue> alternatives) => new()
        {
            Method = method,
            Estimand = estimand == Estimand.Treated && TreatedUsed < TreatedAll ? Estimand.MatchedTreated : estimand,
            Estimate = estimate,
            MeanTreated = meanTreated,
            StandardError = uncertainty.Value,
            StandardErrorType = uncertainty.Type,
            DegreesOfFreedom = uncertainty.DegreesOfFreedom,
            Level = level,
            TreatedUsed = TreatedUsed,
            ComparisonUsed = ComparisonUsed,
            EffectiveTreated = EffectiveSampleSize.Of(weights, treated, true),
            EffectiveComparison = EffectiveSampleSize.Of(weights, treated, false),
            ShareOfTreatedRetained = TreatedUsed / (double)TreatedAll,
            InfluenceValues = influence,
            Clusters = clusters,
            Alternatives = alternatives
        };
}
