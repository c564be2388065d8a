using SiOutcomeLab.Statistics;

namespace SiOutcomeLab.Simulation.Scenarios;

/// <summary>One drawn data set of persons.</summary>
/// <param name="X">Covariates as the analyst sees them.</param>
/// <param name="Treated">The arms.</param>
/// <param name="Outcome">Observed outcome.</param>
/// <param name="Effect">Each person's own expected effect given covariates: its mean over an estimand's persons is the truth.</param>
/// <param name="Score">Each person's true probability of treatment.</param>
/// <param name="Clusters">Delivery group per person, or empty.</param>
internal sealed record Persons(DesignMatrix X, bool[] Treated, double[] Outcome, double[] Effect, double[] Score, int[] Clusters)
{
    /// <summary>Σ w·effect / Σ w over treated persons.</summary>
    public double TruthForTreated(ReadOnlySpan<double> weights)
    {
        double sum = 0, total = 0;
        for (var i = 0; i < Treated.Length; i++)
        {
            if (!Treated[i] || weights[i] == 0) continue;
            sum += Effect[i];
            total++;
        }

        return sum / total;
    }

    /// <summary>The effect on everybody, each counting e(1 − e).</summary>
    public double TruthForOverlap()
    {
        double sum = 0, total = 0;
        for (var i = 0; i < Treated.Length; i++)
        {
            var weight = Score[i] * (1 - Score[i]);
            sum += weight * Effect[i];
            total += weight;
        }

        return sum / total;
    }

    public double TruthForEverybody() => Effect.Average();
}
