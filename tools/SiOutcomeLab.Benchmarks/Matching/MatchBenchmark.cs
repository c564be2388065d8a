using SiOutcomeLab.Benchmarks.Yardsticks;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Balance;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Matching;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Benchmarks.Matching;

/// <summary>
/// Propensity model and 1:1 matching at several sizes, with R's glm on the same data in the same run. A time counts only when both
/// sides found the same coefficients.
/// </summary>
internal static class MatchBenchmark
{
    private const int Seed = 20240701;

    // glm stops at a relative change of the deviance of 1e-8: its last step leaves some 1e-6 of a coefficient open at most.
    private const double AgreementTolerance = 1e-6;

    public static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var repetitions = arguments.Number("repetitions", 5);
        var sizes = arguments.Text("sizes", "50000,200000").Split(',').Select(int.Parse);
        List<MatchRow> rows = [];
        YardstickAnswer? r = null;
        foreach (var size in sizes)
        {
            Console.WriteLine($"{size} persons …");
            var (row, glm) = await MeasureAsync(size, repetitions, cancellationToken);
            rows.Add(row);
            r = glm ?? r;
            Console.WriteLine(MatchReport.Line(row));
        }

        var machine = Machine.Read();
        var markdown = MatchReport.Markdown(machine, r, Seed, repetitions, rows);
        var path = await ResultFiles.WriteAsync(
            arguments.Text("out", ResultFiles.Folder()), "match", markdown,
            new { machine, r = r is null ? null : new { r.Version }, seed = Seed, repetitions, rows },
            TimeProvider.System, cancellationToken);
        Console.WriteLine($"Written to {path}.md and .json");
        if (rows.Any(row => row.LargestDifference > AgreementTolerance)) return Fail("The two sides disagree: the times do not count.");
        var required = Environment.GetEnvironmentVariable("SILAB_REQUIRE") == "all";
        return r is null && required ? Fail("Rscript is missing: install r-base-core.") : 0;
    }

    private static async Task<(MatchRow Row, YardstickAnswer? R)> MeasureAsync(
        int size, int repetitions, CancellationToken cancellationToken)
    {
        var persons = MadePersons.Make(size, Seed);
        var model = new LogisticRegression();
        var (fitTime, answer) = Timing.Of(repetitions, () => model.Fit(persons.X, persons.Treated, cancellationToken));
        var fit = Value(answer);
        var (oneThread, _) = Timing.Of(
            repetitions, () => new LogisticRegression(threads: 1).Fit(persons.X, persons.Treated, cancellationToken));
        var keys = new long[size];
        for (var i = 0; i < size; i++) keys[i] = i;
        var (matchTime, sample) = Timing.Of(
            repetitions, () => Value(NearestNeighbour.Match(fit.Scores.Span, persons.Treated, keys, new())));
        var withCaliper = new NearestNeighbourOptions { Caliper = Caliper.StandardDeviations(0.2) };
        var (caliperTime, _) = Timing.Of(
            repetitions, () => Value(NearestNeighbour.Match(fit.LinearPredictors.Span, persons.Treated, keys, withCaliper)));

        var (effectTime, _) = Timing.Of(repetitions, () => Value(Weights(fit, persons)
            .Then(weights => WeightedDifference.Estimate(persons.Outcome, persons.Treated, weights))));
        var odds = Value(Weights(fit, persons));
        var (balanceTime, _) = Timing.Of(
            repetitions, () => Value(BalanceTable.Compute(persons.X, persons.Treated, odds.Weights.Span)));

        var file = Path.Combine(Path.GetTempPath(), $"silab-match-{Environment.ProcessId}.bin");
        try
        {
            await persons.WriteAsync(file, cancellationToken);
            var r = (await YardstickScript.RunAsync("glm.R", [file, $"{repetitions}"], cancellationToken)).Answer;
            var difference = r?.Values.Zip(fit.Coefficients, (theirs, ours) => Math.Abs(theirs - ours.Value)).Max();
            return (new MatchRow(
                size, persons.Treated.Count(t => t), fitTime, oneThread, matchTime, caliperTime,
                effectTime, balanceTime, sample.Pairs, r?.Median, difference), r);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Estimable<BalancingWeights> Weights(PropensityFit fit, MadePersons persons) =>
        InversePropensity.Weights(fit, persons.Treated, Estimand.Treated);

    private static T Value<T>(Estimable<T> answer) =>
        answer.Match(value => value, (reason, detail) => throw new InvalidOperationException($"{reason}: {detail}"));

    private static int Fail(string why)
    {
        Console.Error.WriteLine(why);
        return 1;
    }
}
