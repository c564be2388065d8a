using SiOutcomeLab.Simulation.Running;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Numerics;
using SiOutcomeLab.Statistics.Pooling;

namespace SiOutcomeLab.Simulation.Scenarios;

/// <summary>
/// A few municipalities' estimates with known errors: one municipality's own true effect, and a further one's, by intervals that average over
/// what is unknown of τ² and by those that take τ² as known.
/// </summary>
internal sealed class FewSourcesScenario(int sources, double share) : IScenario
{
    // Natural logarithm of how many times the largest sampling variance is the smallest.
    private const double Spread = 1.8;

    public string Name => $"few municipalities, k = {sources}, I² = {100 * share:0} %";

    public string What =>
        $"{sources} municipalities' estimates, whose sampling variances differ up to six times; of what they differ, {100 * share:0} % is true. "
        + "The truth is one municipality's own effect, or that of one more.";

    public IReadOnlyList<string> Estimators { get; } =
    [
        "own effect, τ² averaged over", "own effect, τ² as known", "a further one's, τ² averaged over", "a further one's, t with k − 2",
    ];

    public bool AssumptionsHold(string estimator) => true;

    public IReadOnlyList<Answer> Replicate(ReplicateRandom draws, bool isNull)
    {
        var average = isNull ? 0 : 1;
        var (y, v) = (new double[sources], new double[sources]);
        double sum = 0, squares = 0;
        for (var i = 0; i < sources; i++)
        {
            v[i] = Math.Exp(Spread * (draws.NextDouble() - 0.5));
            sum += 1 / v[i];
            squares += 1 / (v[i] * v[i]);
        }

        // I² = τ² / (τ² + s²) with s² of Higgins and Thompson.
        var tau = Math.Sqrt((sources - 1) * sum / ((sum * sum) - squares) * share / (1 - share));
        var own = average + (tau * draws.NextNormal());
        for (var i = 0; i < sources; i++) y[i] = (i == 0 ? own : average + (tau * draws.NextNormal())) + (Math.Sqrt(v[i]) * draws.NextNormal());
        var further = average + (tau * draws.NextNormal());
        var set = EstimateSet.Independent(y, v);
        var (averaged, usual) = (PartialPooling.Fit(set), RandomEffects.Fit(set));
        return
        [
            Told(Estimators[0], averaged, own, a => (a.Sources[0].Estimate, a.Sources[0].StandardError, a.Sources[0].Low, a.Sources[0].High)),
            Told(Estimators[1], usual.Map(Shrinkage.Of), own, s => (s[0].Estimate, s[0].StandardError, s[0].Low, s[0].High)),
            Told(Estimators[2], averaged, further, a => Middle(a.Further.Low, a.Further.High)),
            Told(Estimators[3], usual.Map(m => m.Predict(PredictionKind.HigginsThompsonSpiegelhalter)), further,
                p => Middle(p.PredictionLow, p.PredictionHigh)),
        ];
    }

    private static Answer Told<T>(string name, Estimable<T> fit, double truth, Func<T, (double Estimate, double Error, double Low, double High)> read) =>
        fit.Match(
            value =>
            {
                var (estimate, error, low, high) = read(value);
                return new Answer(name, truth, estimate, error, low, high, null);
            },
            (reason, _) => Answer.Refused(name, reason.ToString()));

    // An interval alone: its middle, and its width as that many normal errors.
    private static (double Estimate, double Error, double Low, double High) Middle(double low, double high) =>
        ((low + high) / 2, (high - low) / (2 * 1.959963984540054), low, high);
}
