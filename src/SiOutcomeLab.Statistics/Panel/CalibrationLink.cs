using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Statistics.Panel;

/// <summary>
/// The calibration loss −Σ w [t η − (1 − t) exp(η)]: at its root comparison rows weighted by exp(η) have the covariate totals of the
/// treated (inverse probability tilting: Graham, Pinto and Egel 2012, Review of Economic Studies 79(3), p. 1053–1079).
/// </summary>
internal sealed class CalibrationLink : BinaryLink
{
    public static readonly CalibrationLink Instance = new();

    public override double Evaluate(
        ReadOnlySpan<double> index, ReadOnlySpan<double> treated, ReadOnlySpan<double> caseWeights, int count,
        Span<double> residual, Span<double> weight)
    {
        var loss = 0.0;
        for (var i = 0; i < count; i++)
        {
            var w = caseWeights.IsEmpty ? 1 : caseWeights[i];
            var odds = treated[i] == 1 ? 0 : Math.Exp(index[i]);
            residual[i] = w * (treated[i] - odds);
            weight[i] = w * odds;
            loss -= w * ((treated[i] * index[i]) - odds);
        }

        residual[count..].Clear();
        weight[count..].Clear();
        return 2 * loss;
    }
}
