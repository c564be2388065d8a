using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Statistics;

namespace SiOutcomeLab.Pipelines.Tests.Samples;

/// <summary>Cohorts made of nothing but the columns a test is about.</summary>
internal static class SampleCohorts
{
    /// <summary>Participants first, then comparison persons, with one covariate drawn around 0.3 and 0, and an outcome that follows it.</summary>
    public static Cohort Drawn(int treated = 60, int comparison = 200, double shift = 0.3, int seed = 1)
    {
        var random = new Random(seed);
        bool[] isTreated = [.. Enumerable.Range(0, treated + comparison).Select(i => i < treated)];
        double[] x = [.. isTreated.Select(t => Normal(random) + (t ? shift : 0))];
        double[] y = [.. x.Select((v, i) => (2 * v) + (isTreated[i] ? 1 : 0) + Normal(random))];
        return Of(isTreated, y, [("x@1", x)]);
    }

    /// <summary>One column that both groups share to the last value, and one that no model sees: so many of each hundred have it.</summary>
    public static Cohort WithUnmodelled(int size, int treatedYes, int comparisonYes)
    {
        bool[] isTreated = [.. Enumerable.Range(0, 2 * size).Select(i => i < size)];
        double[] x = [.. isTreated.Select((_, i) => (double)((i * 37) % size))];
        double[] z = [.. isTreated.Select((t, i) => (i * 37 % size) < (t ? treatedYes : comparisonYes) ? 1.0 : 0)];
        var random = new Random(3);
        double[] y = [.. x.Select(v => v + (10 * Normal(random)))];
        // The unmodelled column goes with no value of x, so that no weighting mends it by the way.
        double[] shuffled = [.. z.Select((_, i) => z[i < size ? (i * 7) % size : size + ((i * 7) % size)])];
        var cohort = Of(isTreated, y, [("x@1", x)]);
        return cohort with { Judged = DesignMatrix.FromColumns([("x@1", x), ("z=yes@1", shuffled)]) };
    }

    public static Cohort Of(bool[] treated, double[] outcome, (string, double[])[] columns, int[]? person = null, int[]? index = null)
    {
        var design = DesignMatrix.FromColumns(columns);
        var (t, c) = (treated.Count(x => x), treated.Count(x => !x));
        var rows = Enumerable.Range(0, treated.Length).ToArray();
        return new Cohort(
            design, design, treated, person ?? rows, index ?? new int[treated.Length], [.. rows.Select(r => (long)r)], new SealedOutcome(outcome), Flow((t, c), (t, c)), t);
    }

    public static FlowStep[] Flow((int Treated, int Comparison) known, (int Treated, int Comparison) observed) =>
    [
        new(FlowStepKind.Observed, known.Treated, known.Comparison), new(FlowStepKind.InTargetGroup, known.Treated, known.Comparison),
        new(FlowStepKind.CovariatesKnown, known.Treated, known.Comparison), new(FlowStepKind.OutcomeObserved, observed.Treated, observed.Comparison),
    ];

    public static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
