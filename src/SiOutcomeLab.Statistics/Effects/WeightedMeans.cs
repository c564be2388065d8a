using System.Runtime.InteropServices;
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

    public double EffectiveTreated { get; private init; }

    public double EffectiveComparison { get; private init; }

    public int TreatedUsed { get; private init; }

    public int ComparisonUsed { get; private init; }

    public int TreatedAll { get; private init; }

    private int TreatedStoodFor { get; init; }

    /// <summary>The same, for weights that may let some treated rows stand for others.</summary>
    public static WeightedMeans Of(ReadOnlySpan<double> values, ReadOnlySpan<bool> treated, BalancingWeights weights)
    {
        var means = Of(values, treated, weights.Weights.Span);
        if (weights.BeforeLoss is not { } before) return means;

        var earlier = before.Weights.Span;
        var stoodFor = 0;
        for (var i = 0; i < earlier.Length; i++) stoodFor += treated[i] && earlier[i] != 0 ? 1 : 0;
        return means with { TreatedStoodFor = stoodFor };
    }

    public static WeightedMeans Of(ReadOnlySpan<double> values, ReadOnlySpan<bool> treated, ReadOnlySpan<double> weights)
    {
        CompensatedSum sumTreated = default, sumComparison = default, weightTreated = default, weightComparison = default;
        CompensatedSum squareTreated = default, squareComparison = default;
        int treatedUsed = 0, treatedAll = 0;
        Span<double> buffer = stackalloc double[2 * RowBlocks.Rows];
        for (var start = 0; start < values.Length; start += RowBlocks.Rows)
        {
            var count = Math.Min(RowBlocks.Rows, values.Length - start);
            var own = buffer[..count];
            var other = buffer.Slice(RowBlocks.Rows, count);
            var arm = treated.Slice(start, count);
            var y = values.Slice(start, count);
            var w = weights.Slice(start, count);
            BlockSum.Indicate(arm, own);
            LaneSum.Multiply(w, own, own);
            w.CopyTo(other);
            LaneSum.AddScaled(-1, own, other);
            sumTreated.Add(LaneSum.Dot(own, y));
            sumComparison.Add(LaneSum.Dot(other, y));
            weightTreated.Add(LaneSum.Sum(own));
            weightComparison.Add(LaneSum.Sum(other));
            squareTreated.Add(LaneSum.Dot(own, own));
            squareComparison.Add(LaneSum.Dot(other, other));
            treatedAll += arm.Count(true);
            treatedUsed += count - own.Count(0.0);
        }

        return new WeightedMeans
        {
            Treated = sumTreated.Value / weightTreated.Value,
            Comparison = sumComparison.Value / weightComparison.Value,
            WeightTreated = weightTreated.Value,
            WeightComparison = weightComparison.Value,
            EffectiveTreated = Effective(weightTreated.Value, squareTreated.Value),
            EffectiveComparison = Effective(weightComparison.Value, squareComparison.Value),
            TreatedUsed = treatedUsed,
            ComparisonUsed = weights.Length - weights.Count(0.0) - treatedUsed,
            TreatedAll = treatedAll,
            TreatedStoodFor = treatedUsed
        };
    }

    /// <summary>Influence of each row on the difference of means with weights as given: ± w (y − mean) / Σw.</summary>
    public double[] Influence(ReadOnlySpan<double> values, ReadOnlySpan<bool> treated, ReadOnlySpan<double> weights)
    {
        var influence = PerWeight(values, treated);
        LaneSum.Multiply(influence, weights, influence);
        return influence;
    }

    /// <summary>Derivative of the difference of means with respect to each row's weight: ± (y − mean) / Σw.</summary>
    public double[] PerWeight(ReadOnlySpan<double> values, ReadOnlySpan<bool> treated) =>
        PerWeight(values, treated, Comparison, Treated, -1 / WeightComparison, 1 / WeightTreated);

    /// <summary>(value − centre) · factor, centre and factor by arm; without branches, because arms change from row to row.</summary>
    public static double[] PerWeight(
        ReadOnlySpan<double> values,
        ReadOnlySpan<bool> treated,
        double centreComparison,
        double centreTreated,
        double factorComparison,
        double factorTreated)
    {
        var arms = MemoryMarshal.Cast<bool, byte>(treated);
        ReadOnlySpan<double> centre = [centreComparison, centreTreated];
        ReadOnlySpan<double> factor = [factorComparison, factorTreated];
        var derivative = new double[values.Length];
        for (var i = 0; i < derivative.Length; i++) derivative[i] = (values[i] - centre[arms[i]]) * factor[arms[i]];
        return derivative;
    }

    /// <summary>
    /// Errors that take weights as known, for comparison: HC0 to HC3 and the classical one, as of a weighted regression on the arm alone.
    /// HC2 and HC3 are left out where a row carries its arm alone.
    /// </summary>
    /// <param name="influence">As <see cref="Influence"/>.</param>
    public List<StandardErrorValue> WithKnownWeights(
        ReadOnlySpan<double> influence, ReadOnlySpan<double> values, ReadOnlySpan<bool> treated, ReadOnlySpan<double> weights)
    {
        var arms = MemoryMarshal.Cast<bool, byte>(treated);
        ReadOnlySpan<double> centre = [Comparison, Treated];
        ReadOnlySpan<double> total = [WeightComparison, WeightTreated];
        CompensatedSum hc2 = default, hc3 = default, error = default;
        for (var start = 0; start < values.Length; start += RowBlocks.Rows)
        {
            double two = 0, three = 0, squares = 0;
            for (var i = start; i < Math.Min(values.Length, start + RowBlocks.Rows); i++)
            {
                var rest = Leverage.Rest(weights[i] / total[arms[i]]);
                var residual = values[i] - centre[arms[i]];
                var term = influence[i] * influence[i] / rest;
                two += term;
                three += term / rest;
                squares += weights[i] * residual * residual;
            }

            hc2.Add(two);
            hc3.Add(three);
            error.Add(squares);
        }

        var rows = TreatedUsed + ComparisonUsed;
        var hc0 = BlockSum.Squares(influence);
        var sigma = error.Value / (rows - 2);
        List<StandardErrorValue> errors =
        [
            new(StandardErrorType.Hc0, Math.Sqrt(hc0)),
            new(StandardErrorType.Hc1, Math.Sqrt(hc0 * rows / (rows - 2))),
            new(StandardErrorType.Hc2, Math.Sqrt(hc2.Value)),
            new(StandardErrorType.Hc3, Math.Sqrt(hc3.Value)),
            new(StandardErrorType.Classical, Math.Sqrt(sigma * ((1 / WeightTreated) + (1 / WeightComparison))))
        ];
        errors.RemoveAll(other => double.IsNaN(other.Value));
        return errors;
    }

    public EffectResult Result(
        string method,
        Estimand estimand,
        double estimate,
        double meanTreated,
        Uncertainty uncertainty,
        double level,
        double[] influence,
        int[] clusters,
        IReadOnlyList<StandardErrorValue> alternatives) => new()
        {
            Method = method,
            Estimand = estimand == Estimand.Treated && TreatedStoodFor < TreatedAll ? Estimand.MatchedTreated : estimand,
            Estimate = estimate,
            MeanTreated = meanTreated,
            StandardError = uncertainty.Value,
            StandardErrorType = uncertainty.Type,
            DegreesOfFreedom = uncertainty.DegreesOfFreedom,
            Level = level,
            TreatedUsed = TreatedUsed,
            ComparisonUsed = ComparisonUsed,
            EffectiveTreated = EffectiveTreated,
            EffectiveComparison = EffectiveComparison,
            ShareOfTreatedRetained = TreatedUsed / (double)TreatedAll,
            InfluenceValues = influence,
            Clusters = clusters,
            Alternatives = alternatives
        };

    private static double Effective(double sum, double squares) => squares > 0 ? sum * sum / squares : 0;
}
