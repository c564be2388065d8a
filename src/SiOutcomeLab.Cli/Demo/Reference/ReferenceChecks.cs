using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Balance;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Matching;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Cli.Demo.Reference;

/// <summary>
/// Holds the hub's NSW numbers, and those computed here on the public file itself, against R's. Public data make this possible: of any
/// other data nobody outside the hub could compute the same numbers.
/// </summary>
/// <param name="Source">Where the reference values come from.</param>
/// <param name="Propensity">The propensity model's coefficients.</param>
/// <param name="Effects">The effects.</param>
internal sealed record ReferenceChecks(string Source, IReadOnlyList<NumberCheck> Propensity, IReadOnlyList<EffectCheck> Effects)
{
    // Reference effects are given with six decimals, the summed distance with seven.
    private const double SixDecimals = 1e-6;
    private const double SevenDecimals = 1e-7;
    private const double RelativeOfCoefficient = 1e-8;
    private const string Weighting = "nsw-entropy-balancing";
    private const string Matching = "nsw-nearest-neighbour";

    public bool Passed => Propensity.All(c => c.Passed) && Effects.All(e => e.Passed);

    public EffectCheck? Of(Effect effect) =>
        Effects.FirstOrDefault(c => c.Plan == effect.Plan && c.Estimator == effect.Estimator.ToString());

    /// <summary>Computes everything once more on the public file and compares.</summary>
    public static ReferenceChecks Compute(
        PublicFile file, ReferenceFile reference, IReadOnlyList<Effect> released, CancellationToken cancellationToken)
    {
        var fit = Value(new LogisticRegression().Fit(file.Covariates, file.Treated, cancellationToken));
        var entropy = Value(EntropyBalancing.Att(file.Covariates, file.Treated, cancellationToken));
        var inverse = Value(InversePropensity.Weights(fit, file.Treated, Estimand.Treated));
        return new ReferenceChecks(
            reference.Source,
            [.. fit.Coefficients.Select(c => Coefficient(c, reference.Propensity))],
            [
                Check(
                    reference.Effect(Weighting, "EntropyBalancing"),
                    Value(WeightedDifference.Estimate(file.Outcome, file.Treated, entropy)),
                    released),
                Check(
                    reference.Effect(Weighting, "InversePropensity"),
                    Value(WeightedDifference.Estimate(file.Outcome, file.Treated, inverse)),
                    released),
                Check(
                    reference.Effect(Weighting, "AugmentedInversePropensity"),
                    Value(AugmentedInversePropensity.Att(file.Outcome, file.Treated, inverse, file.Covariates)),
                    released),
                Matched(file, fit, reference.Effect(Matching, "Matched")),
            ]);
    }

    private static NumberCheck Coefficient(Coefficient own, ReferencePropensity reference)
    {
        var name = own.Name == "(Intercept)" ? "(intercept)" : own.Name;
        var expected = reference.Coefficients.TryGetValue(name, out var value) ? value : double.NaN;
        return new NumberCheck($"coefficient {name}", expected, own.Value, Hub: null, Math.Abs(expected) * RelativeOfCoefficient);
    }

    private static EffectCheck Check(ReferenceEffect reference, EffectResult own, IReadOnlyList<Effect> released)
    {
        var hub = released.FirstOrDefault(e => e.Plan == reference.Plan && e.Estimator.ToString() == reference.Estimator)?.Estimate;
        var checks = new List<NumberCheck> { new("estimate", reference.Estimate, own.Estimate, Shown(hub?.Point), SixDecimals) };
        if (reference.StandardError is { } error)
        {
            checks.Add(new NumberCheck("standardError", error, own.StandardError, Shown(hub?.StandardError), SixDecimals));
        }

        return new EffectCheck(reference.Plan, reference.Estimator, checks, Label: null, LargestSmd: null);
    }

    // The hub rightly gives no number here; these stand in the check alone, with the imbalance that makes them worthless as an effect.
    private static EffectCheck Matched(PublicFile file, PropensityFit fit, ReferenceEffect reference)
    {
        var order = Enumerable.Range(0, file.Treated.Length).Select(i => (long)i).ToArray();
        var sample = Value(NearestNeighbour.Match(fit.Scores.Span, file.Treated, order, new NearestNeighbourOptions(), []));
        var own = Value(MatchedDifference.Estimate(file.Outcome, file.Treated, sample));
        var largest = Value(BalanceTable.Compute(file.Judged, file.Treated, sample.Weights.Span)).LargestSmdAfter;
        var smd = PlainNumber.Fixed(largest, 2);
        return new EffectCheck(
            reference.Plan,
            reference.Estimator,
            [
                new NumberCheck("pairs", reference.Pairs ?? double.NaN, sample.Pairs, Hub: null, 0),
                new NumberCheck("summedDistance", reference.SummedDistance ?? double.NaN, sample.SumOfDistances, Hub: null, SevenDecimals),
                new NumberCheck("estimate", reference.Estimate, own.Estimate, Hub: null, SixDecimals),
            ],
            new BilingualText(
                $"Kontrollräkning, ingen effekt: största standardiserade skillnad efter matchningen är {smd.Sv}.",
                $"A check of arithmetic, no effect: the largest standardised difference after matching is {smd.En}."),
            largest);
    }

    private static double? Shown(Cell? cell) => cell?.ContentCase == Cell.ContentOneofCase.Value ? cell.Value : double.NaN;

    private static T Value<T>(Estimable<T> answer) => answer.Match(
        value => value,
        (reason, detail) => throw new CommandException(
            ExitCode.CheckFailed,
            new("Kontrollräkningen på den publika filen gick inte att göra.", "The check on the public file could not be computed."),
            new("Bygg silab på nytt; filen ska vara orörd.", "Build silab again; the file must be untouched."),
            $"{reason}: {detail}"));
}
