using SiOutcomeLab.Simulation.Estimators;
using SiOutcomeLab.Simulation.Running;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Simulation.Scenarios;

/// <summary>
/// Persons with five covariates (three continuous, two binary), treated by a logistic model and with an outcome linear in the covariates,
/// each of which a scenario can bend. Effects are in standard deviations of the noise.
/// </summary>
internal sealed record PersonScenario : IScenario
{
    public required string Name { get; init; }

    public required string What { get; init; }

    public required int Rows { get; init; }

    /// <summary>Share treated, about.</summary>
    public double TreatedShare { get; init; } = 0.3;

    /// <summary>How strongly covariates decide treatment; 1 gives good overlap, 2.5 poor.</summary>
    public double Selection { get; init; } = 0.6;

    /// <summary>How strongly covariates decide the outcome.</summary>
    public double Confounding { get; init; } = 0.6;

    public double Effect { get; init; } = 0.3;

    /// <summary>How much the effect grows per standard deviation of the first covariate.</summary>
    public double Heterogeneity { get; init; }

    /// <summary>Treatment depends on squares and products that the analyst does not see.</summary>
    public bool BentTreatment { get; init; }

    /// <summary>The outcome does.</summary>
    public bool BentOutcome { get; init; }

    /// <summary>Probability of a binary outcome in the comparison arm; null for a continuous one.</summary>
    public double? Rare { get; init; }

    /// <summary>Treated persons per delivery group, who share something (intraclass correlation 0.05); 0 for none.</summary>
    public int ClusterSize { get; init; }

    public IReadOnlyList<string> Estimators => PersonEstimators.For(Rows);

    public bool AssumptionsHold(string estimator) =>
        PersonEstimators.Adjusts(estimator)
        && (PersonEstimators.IsDoublyRobust(estimator) ? !(BentTreatment && BentOutcome) : !BentTreatment);

    public IReadOnlyList<Answer> Replicate(ReplicateRandom draws, bool isNull)
    {
        var work = new SharedWork(Draw(draws, isNull));
        return [.. Estimators.Select(e => PersonEstimators.Ask(e, work))];
    }

    public Persons Draw(ReplicateRandom draws, bool isNull)
    {
        var columns = new double[5][];
        for (var j = 0; j < columns.Length; j++) columns[j] = new double[Rows];
        var (treated, outcome, effect, score) = (new bool[Rows], new double[Rows], new double[Rows], new double[Rows]);
        var clusters = ClusterSize == 0 ? [] : new int[Rows];
        var share = Math.Log(TreatedShare / (1 - TreatedShare));
        double shared = 0;
        int inGroup = 0, group = 0;
        for (var i = 0; i < Rows; i++)
        {
            var common = draws.NextNormal();
            for (var j = 0; j < 3; j++) columns[j][i] = (0.5 * common) + (Math.Sqrt(0.75) * draws.NextNormal());
            columns[3][i] = draws.NextBool(0.5) ? 1 : 0;
            columns[4][i] = draws.NextBool(0.2 + (0.3 * columns[3][i])) ? 1 : 0;
            var (a, b, c, d, e) = (columns[0][i], columns[1][i], columns[2][i], columns[3][i] - 0.5, columns[4][i] - 0.35);
            var bend = (0.6 * ((a * a) - 1)) + (0.6 * a * b);
            score[i] = Logistic(share + (Selection * (a + (0.5 * b) - (0.5 * c) + d - (0.5 * e))) + (BentTreatment ? bend : 0));
            treated[i] = draws.NextBool(score[i]);
            if (ClusterSize > 0)
            {
                // Whoever is not treated stands alone.
                clusters[i] = Rows + i;
                if (treated[i])
                {
                    if (inGroup++ % ClusterSize == 0) (shared, group) = (Math.Sqrt(0.05 / 0.95) * draws.NextNormal(), group + 1);
                    clusters[i] = group;
                }
            }

            var own = isNull ? 0 : Effect + (Heterogeneity * a);
            var linear = (Confounding * (a + b + (0.5 * c) + d + e)) + (BentOutcome ? Confounding * bend : 0) + (treated[i] ? shared : 0);
            if (Rare is { } rare)
            {
                var least = Math.Log(rare / (1 - rare));
                var (without, with) = (Logistic(least + linear), Logistic(least + linear + own));
                effect[i] = with - without;
                outcome[i] = draws.NextBool(treated[i] ? with : without) ? 1 : 0;
            }
            else
            {
                effect[i] = own;
                outcome[i] = linear + (treated[i] ? own : 0) + draws.NextNormal();
            }
        }

        return new Persons(
            DesignMatrix.FromColumns([.. columns.Select((c, j) => ($"x{j + 1}", c))]), treated, outcome, effect, score, clusters);
    }

    private static double Logistic(double linear) => 1 / (1 + Math.Exp(-linear));
}
