using SiOutcomeLab.Benchmarks.Yardsticks;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Pooling;

namespace SiOutcomeLab.Benchmarks.Engine;

/// <summary>Who can be installed to do a row's work (Debian's packages), and how their values are held against ours.</summary>
internal sealed class EngineYardsticks(string folder, int repetitions)
{
    private const int Million = 1_000_000;

    // Both sides end at the same maximum: what their last steps leave open.
    private const double SameMaximum = 1e-6;

    // SciPy's L-BFGS stops at a relative change of 2e-9 whatever tolerance scikit-learn is given.
    private const double AfterLbfgs = 1e-5;

    public IReadOnlyList<Yardstick> Logistic(YardstickOutcome glm, double[] ours)
    {
        double Difference(double[] theirs) => theirs.Zip(ours, (a, b) => Math.Abs(a - b)).Max();
        var persons = EngineData.PersonsPath(folder, Million);
        return
        [
            new("R glm", _ => Task.FromResult(glm), Difference, SameMaximum, "every coefficient"),
            Yardstick.Of(
                "scikit-learn newton-cholesky", "logistic.py", persons, repetitions, ["newton-cholesky"], Difference, SameMaximum,
                "every coefficient"),
            Yardstick.Of(
                "scikit-learn lbfgs", "logistic.py", persons, repetitions, ["lbfgs"], Difference, AfterLbfgs,
                "every coefficient, as near as its solver stops"),
        ];
    }

    public IReadOnlyList<Yardstick> Augmented(EffectResult ours)
    {
        var error = ours.Alternatives.First(a => a.Type == StandardErrorType.InfluenceFunction).Value;
        return
        [
            Yardstick.Of(
                "base R", "aipw.R", EngineData.PersonsPath(folder, Million), repetitions, [],
                theirs => Math.Max(Math.Abs(theirs[0] - ours.Estimate), Math.Abs(theirs[1] - error)), SameMaximum, "estimate and error"),
        ];
    }

    public IReadOnlyList<Yardstick> Boosting(Func<double> loss, double tolerance) =>
    [
        Yardstick.Of(
            "XGBoost hist", "boosting.py", EngineData.PersonsPath(folder, Million), repetitions, [],
            theirs => Math.Abs((loss() / theirs[0]) - 1), tolerance, "log-loss, relative; two threads each, its matrix is built before"),
    ];

    public IReadOnlyList<Yardstick> Matching(int rows) =>
    [
        Yardstick.Of(
            "MatchIt (Debian)", "matchit.R", EngineData.PersonsPath(folder, rows), runs: 1, [EngineData.ScoresPath(folder, rows)], null, 0,
            "NOT COMPARED: 4.5.1 takes distances below 1 for 0, its pairs are not the nearest"),
    ];

    public IReadOnlyList<Yardstick> Bootstrap(double expected, double tolerance) =>
    [
        Yardstick.Of(
            "R glm.fit, two cores", "bootstrap.R", EngineData.PersonsPath(folder, 10_000), Math.Min(repetitions, 5), [],
            theirs => Math.Abs((theirs[0] / expected) - 1), tolerance, "standard deviation, relative; other random numbers"),
    ];

    public IReadOnlyList<Yardstick> Pooling(PooledModel ours, double tolerance) =>
    [
        Yardstick.Of(
            "metafor", "metafor.R", EngineData.PoolPath(folder), repetitions, [],
            theirs => new[]
            {
                Relative(theirs[0], ours.Heterogeneity.TauSquared), Relative(theirs[1], ours.Coefficients[0].Estimate),
                Relative(theirs[2], ours.Coefficients[0].StandardError),
            }.Max(),
            tolerance, "τ², mean and error, relative"),
    ];

    private static double Relative(double theirs, double ours) => Math.Abs((theirs / ours) - 1);
}
