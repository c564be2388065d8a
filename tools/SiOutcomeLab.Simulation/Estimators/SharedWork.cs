using SiOutcomeLab.Simulation.Scenarios;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Balance;
using SiOutcomeLab.Statistics.Matching;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Simulation.Estimators;

/// <summary>What several estimators need of the same persons, done once. For one thread.</summary>
internal sealed class SharedWork(Persons persons)
{
    private readonly Dictionary<int, Estimable<MatchedSample>> _matched = [];
    private readonly Dictionary<object, BalanceGrade?> _grades = new(ReferenceEqualityComparer.Instance);
    private Estimable<PropensityFit>? _propensity;
    private Estimable<BalancingWeights>? _odds;
    private Estimable<BalancingWeights>? _entropy;

    public Persons Persons => persons;

    public Estimable<PropensityFit> Propensity => _propensity ??= new LogisticRegression(threads: 1).Fit(persons.X, persons.Treated);

    public Estimable<BalancingWeights> Odds => _odds ??= Weights(Estimand.Treated);

    public Estimable<BalancingWeights> Entropy => _entropy ??= EntropyBalancing.Att(persons.X, persons.Treated);

    public Estimable<BalancingWeights> Weights(Estimand estimand) =>
        Propensity.Then(fit => InversePropensity.Weights(fit, persons.Treated, estimand));

    /// <summary>Nearest neighbours on the logit within 0.2 standard deviations.</summary>
    public Estimable<MatchedSample> Matched(int ratio)
    {
        if (_matched.TryGetValue(ratio, out var sample)) return sample;

        var keys = new long[persons.Treated.Length];
        for (var i = 0; i < keys.Length; i++) keys[i] = i;
        var options = new NearestNeighbourOptions { Ratio = ratio, Caliper = Caliper.StandardDeviations(0.2) };
        return _matched[ratio] = Propensity.Then(fit => NearestNeighbour.Match(fit.LinearPredictors.Span, persons.Treated, keys, options));
    }

    /// <summary>Whether the balance gate lets weights through; amber passes where an outcome model adjusts once more.</summary>
    /// <param name="owner">What the weights belong to: judged once.</param>
    /// <param name="weights">One per person.</param>
    /// <param name="hasOutcomeModel">Whether one follows.</param>
    public bool Passes(object owner, ReadOnlySpan<double> weights, bool hasOutcomeModel)
    {
        if (!_grades.TryGetValue(owner, out var grade))
        {
            grade = BalanceTable.Compute(persons.X, persons.Treated, weights)
                .Match<BalanceGrade?>(table => BalanceGate.Judge(table).Grade, (_, _) => null);
            _grades[owner] = grade;
        }

        return grade == BalanceGrade.Pass || (grade == BalanceGrade.Amber && hasOutcomeModel);
    }
}
