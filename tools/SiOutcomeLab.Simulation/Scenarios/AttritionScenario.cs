using SiOutcomeLab.Simulation.Running;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Attrition;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Numerics;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Simulation.Scenarios;

/// <summary>
/// Persons of whom some are lost, those in need more often, and participants and others not alike. The effect grows with the covariate that
/// decides who is lost, so that those who stay are not whom the question is about.
/// </summary>
internal sealed class AttritionScenario : IScenario
{
    private static readonly PersonScenario Whole = new()
    {
        Name = "attrition", What = string.Empty, Rows = 1500, Heterogeneity = 0.4,
    };

    public string Name => "attrition";

    public string What =>
        "1 500 persons; about a quarter are lost by a covariate that the effect depends on, participants more by it than others.";

    public IReadOnlyList<string> Estimators { get; } =
        ["IPW × attrition weights", "AIPW × attrition weights", "IPW, those who stayed", "AIPW, those who stayed"];

    public bool AssumptionsHold(string estimator) => estimator.EndsWith("attrition weights", StringComparison.Ordinal);

    public IReadOnlyList<Answer> Replicate(ReplicateRandom draws, bool isNull)
    {
        var all = Whole.Draw(draws, isNull);
        var observed = new bool[all.Treated.Length];
        var first = all.X.Column(0);
        for (var i = 0; i < observed.Length; i++)
        {
            observed[i] = draws.NextBool(1 / (1 + Math.Exp(-1.3 + ((all.Treated[i] ? 1.0 : 0.4) * first[i]))));
        }

        var everybody = new double[observed.Length];
        Array.Fill(everybody, 1);
        // What is asked about is all participants, followed up or not.
        var truth = all.TruthForTreated(everybody);
        var stayed = Stayed(all, observed);
        var whole = Odds(all).Then(w => InverseProbabilityOfAttrition.Weights(all.X, all.Treated, observed, w)).Map(a => a.Weights);
        var (known, odds) = (Masked(all.Outcome, observed), Odds(stayed));
        return
        [
            Told(Estimators[0], whole.Then(w => WeightedDifference.Estimate(known, all.Treated, w)), truth),
            Told(Estimators[1], whole.Then(w => AugmentedInversePropensity.Att(known, all.Treated, w, all.X)), truth),
            Told(Estimators[2], odds.Then(w => WeightedDifference.Estimate(stayed.Outcome, stayed.Treated, w)), truth),
            Told(Estimators[3], odds.Then(w => AugmentedInversePropensity.Att(stayed.Outcome, stayed.Treated, w, stayed.X)), truth),
        ];
    }

    private static Estimable<BalancingWeights> Odds(Persons p) =>
        ((IPropensityModel)new LogisticRegression(threads: 1)).Fit(p.X, p.Treated)
            .Then(f => InversePropensity.Weights(f, p.Treated, Estimand.Treated));

    private static Persons Stayed(Persons all, bool[] observed)
    {
        int[] rows = [.. Enumerable.Range(0, observed.Length).Where(i => observed[i])];
        return new Persons(
            all.X.SelectRows(rows), [.. rows.Select(i => all.Treated[i])], [.. rows.Select(i => all.Outcome[i])],
            [.. rows.Select(i => all.Effect[i])], [.. rows.Select(i => all.Score[i])], []);
    }

    private static double[] Masked(double[] outcome, bool[] observed) => [.. outcome.Select((y, i) => observed[i] ? y : 0)];

    private static Answer Told(string name, Estimable<EffectResult> effect, double truth) => effect.Match(
        e => new Answer(name, truth, e.Estimate, e.StandardError, e.ConfidenceLow, e.ConfidenceHigh, null),
        (reason, _) => Answer.Refused(name, reason.ToString()));
}
