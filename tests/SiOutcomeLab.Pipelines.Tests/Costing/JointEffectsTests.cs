using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Economics.Quantities;
using SiOutcomeLab.Pipelines.Costing;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Pipelines.Tests.Samples;
using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Pipelines.Tests.Costing;

/// <summary>
/// Sixty participants, each with a twin that matching finds, and sixty whom nobody is matched with and who cost a hundred times as much: by
/// hand everything follows from the pairs.
/// </summary>
public sealed class JointEffectsTests
{
    private const int Pairs = 60;
    private const int All = 3 * Pairs;

    private static readonly MeasureCode Days = new("placement_days");

    private static readonly EvaluationPlan Plan = CostWorld.Plan with
    {
        Balancing = new BalancingMethod.NearestNeighbourMatching(1, 0.01, true, false),
        Estimator = EstimatorKind.Matched,
        Secondaries = null,
    };

    // The second dearest of 120 is the ninety-ninth percentile of those who are compared; of all, it would be among the unmatched.
    [Fact]
    public void Of_DearRowsThatNobodyIsMatchedWith_CutNothingByThem()
    {
        var (first, second) = (Outcomes(1), Outcomes(2));
        // The dearest of each year is the same person, as two rows of a person may be; what is cut is cut down to the next.
        first[3] = 9000;
        second[Pairs + 5] = 8000;
        var rows = Rows(first, second);
        rows.Person[Pairs + 5] = rows.Person[3];

        var found = Of(rows);

        Assert.Equal(1, found.PersonsCut);
        var next = first.Take(2 * Pairs).Where(v => v < 9000).Max();
        Assert.Equal(Difference(first), found.Effects.Quantities[0].Mean, 9);
        Assert.Equal(Difference([.. first.Select(v => Math.Min(v, next))]), found.Winsorised.Quantities[0].Mean, 9);
        Assert.Equal(Pairs, found.Used);
    }

    [Fact]
    public void Of_PersonsOfBothGroups_CountsTheFewerAndTheLargerShare()
    {
        var (first, second) = (new double[All], new double[All]);
        // In the first year twelve participants have any, in the second nine of their twins.
        for (var i = 0; i < Pairs; i++)
        {
            (first[i], first[Pairs + i]) = (i < 12 ? 1 + i : 0, 1 + i);
            (second[i], second[Pairs + i]) = (1 + i, i < 9 ? 1 + i : 0);
        }

        var rows = Rows(first, second);
        // Participants are of three municipalities, the others of four, and of two of them only those nobody is matched with.
        for (var i = 0; i < All; i++) rows.Municipality[i] = i < Pairs ? $"000{i % 3}" : i < 2 * Pairs ? $"000{i % 2}" : $"000{i % 4}";

        var behind = Of(rows).Effects.Quantities.Select(q => q.Contributors).ToArray();

        Assert.Equal([(Pairs, 12), (Pairs, 9)], behind.Select(b => (b.Persons, b.PersonsWithAny)));
        Assert.Equal([12 / 78.0, 9 / 45.0], behind.Select(b => b.LargestPersonShare));
        Assert.All(behind, b => Assert.Equal(2, b.Municipalities));
    }

    // What a participant has in the first year, the twin has in the second: of both years together, the pair says much less than its parts.
    [Fact]
    public void Of_PairsWhoseYearsGoTogether_AreTheClusters()
    {
        var (first, second) = (Outcomes(1), Outcomes(2));
        for (var i = 0; i < Pairs; i++) second[Pairs + i] = first[i] + (0.1 * second[Pairs + i]);
        var saving = CostWorld.Costing.Of(Plan, 1, Rows(first, second), Standing.Indicative, TestContext.Current.CancellationToken).Costs.Saving!;

        double[] pairs = [.. Enumerable.Range(0, Pairs).Select(j => ((first[j] - first[Pairs + j]) / 1.035) + ((second[j] - second[Pairs + j]) / (1.035 * 1.035)))];
        var mean = pairs.Average();
        var error = Math.Sqrt(pairs.Sum(p => (p - mean) * (p - mean)) * Factor(Pairs)) / Pairs * (double)CostWorld.PerDay;
        var alone = Math.Sqrt(Sum(first, 1.035) + Sum(second, 1.035 * 1.035)) * (double)CostWorld.PerDay;

        // Kronor are kept to the fourth decimal.
        Assert.Equal(error, (double)saving.EconomicValue.Paid.StandardError, 0.01);
        Assert.True(error < 0.75 * alone);

        static double Sum(double[] values, double rate) => ErrorSquared(values, Enumerable.Range(0, All).ToArray()) / (rate * rate);
    }

    // Delivered to classes of six: pairs and classes both, so that no sums over pairs alone make the error.
    [Fact]
    public void Of_DeliveredToGroups_HasTheEstimatesOwnError()
    {
        var (random, first, second) = (new Random(31), Outcomes(1), Outcomes(2));
        int[] pair = [.. Enumerable.Range(0, All).Select(i => i % Pairs)];
        int[] cluster = [.. Enumerable.Range(0, All).Select(i => i < Pairs ? i / 6 : i)];
        for (var group = 0; group < Pairs / 6; group++)
        {
            var common = 20 * SampleCohorts.Normal(random);
            for (var i = 6 * group; i < 6 * (group + 1); i++) first[i] += common;
        }

        var rows = Rows(first, second);
        var found = Of(rows with { Cohort = rows.Cohort with { Cluster = cluster } });

        // Pairs, classes, and less what both count; both are each row alone, since a pair holds one of a class.
        var (byPair, byClass) = (ErrorSquared(first, pair), ErrorSquared(first, cluster));
        var both = ErrorSquared(first, [.. Enumerable.Range(0, All)]);
        var expected = Math.Sqrt(Math.Max(byPair + byClass - both, Math.Max(byPair, byClass)));
        Assert.Equal(expected, found.Effects.Quantities[0].StandardError, 9);
        Assert.True(expected > 1.2 * Math.Sqrt(byPair));
        // Without the intervention: the twins' mean, whose error is theirs alone but for the part that the classes lend the difference.
        Assert.Equal(first.Skip(Pairs).Take(Pairs).Average(), found.Counterfactual.Means[0], 9);
        var counterfactual = found.Counterfactual.ToSet().Quantities[0];
        Assert.Equal(Pairs, counterfactual.Contributors.Persons);
        var scale = expected / Math.Sqrt(ErrorSquared(first, pair, 1));
        Assert.Equal(CounterfactualError(first, scale), counterfactual.StandardError, 9);
    }

    [Fact]
    public void Of_RowsThatHadTheSame_AreNoEffectAndNoDoubt()
    {
        var found = Of(Rows([.. Enumerable.Repeat(3.0, All)], Outcomes(2)));

        Assert.Equal((0.0, 0.0), (found.Effects.Quantities[0].Mean, found.Effects.Quantities[0].StandardError));
        Assert.Equal(3, found.Counterfactual.Means[0]);
        Assert.True(found.Effects.Quantities[1].StandardError > 0);
    }

    private static JointEffects Of(CostedRows rows)
    {
        var (effects, why) = JointEffects.Of(Plan, rows, new LogisticRegression(), TestContext.Current.CancellationToken);
        Assert.Null(why);
        return effects!;
    }

    private static double[] Outcomes(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, All).Select(i => (100 + (10 * SampleCohorts.Normal(random))) * (i < 2 * Pairs ? 1 : 100))];
    }

    // A participant and its twin have the same to the last bit; those whom nobody is matched with stand far off on both sides.
    private static CostedRows Rows(double[] first, double[] second)
    {
        bool[] treated = [.. Enumerable.Range(0, All).Select(i => i < Pairs)];
        double[] x = [.. Enumerable.Range(0, All).Select(i => i < 2 * Pairs ? i % Pairs : i % 2 == 0 ? -60.0 : 120.0)];
        var cohort = SampleCohorts.Of(treated, first, [("placement_days@1", x)]);
        var unit = MeasureVocabulary.Of(Days).Unit.En;
        return new CostedRows(
            cohort,
            [new(Days, unit, 1), new(Days, unit, 2)],
            [new(first), new([.. first.Zip(second, (a, b) => a + b)])],
            [.. Enumerable.Range(0, All).Select(i => new PersonId(0, (UInt128)(ulong)i))],
            [.. Enumerable.Repeat("0180", All)]);
    }

    private static double Difference(double[] values) => values.Take(Pairs).Average() - values.Skip(Pairs).Take(Pairs).Average();

    private static double Factor(int clusters) => clusters / (clusters - 1.0) * ((2 * Pairs) - 1) / ((2 * Pairs) - 2);

    // The squared error of the difference of means, by clusters of some kind, with the factor for few of them.
    private static double ErrorSquared(double[] values, int[] cluster, double? factor = null)
    {
        var (treated, others) = (values.Take(Pairs).Average(), values.Skip(Pairs).Take(Pairs).Average());
        var sums = Enumerable.Range(0, 2 * Pairs)
            .GroupBy(i => cluster[i], i => (i < Pairs ? values[i] - treated : others - values[i]) / Pairs).Select(g => g.Sum()).ToArray();
        return sums.Sum(s => s * s) * (factor ?? Factor(sums.Length));
    }

    private static double CounterfactualError(double[] values, double scale)
    {
        var (treated, others) = (values.Take(Pairs).Average(), values.Skip(Pairs).Take(Pairs).Average());
        return Math.Sqrt(Enumerable.Range(0, Pairs).Sum(
            j => Math.Pow(((1 - scale) * (values[j] - treated) / Pairs) + (scale * (values[Pairs + j] - others) / Pairs), 2)));
    }
}
