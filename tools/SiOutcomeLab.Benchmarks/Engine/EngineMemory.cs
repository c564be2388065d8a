using System.Diagnostics;
using System.Text.Json;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Balance;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Matching;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Benchmarks.Engine;

/// <summary>A whole evaluation of many rows of twelve covariates, in a process of its own, so that its peak memory is its own.</summary>
internal static class EngineMemory
{
    public const int Columns = 12;

    public static Task<int> RunAsync(Arguments arguments)
    {
        var rows = arguments.Number("rows", 10_000_000);
        var (x, treated, outcome) = Make(rows);
        var clock = Stopwatch.GetTimestamp();
        var keys = new long[rows];
        for (var i = 0; i < rows; i++) keys[i] = i;
        var fit = Value(new LogisticRegression().Fit(x, treated));
        var weights = Value(InversePropensity.Weights(fit, treated, Estimand.Treated));
        var table = Value(BalanceTable.Compute(x, treated, weights.Weights.Span));
        var effect = Value(AugmentedInversePropensity.Att(outcome, treated, weights, x));
        var options = new NearestNeighbourOptions { Caliper = Caliper.StandardDeviations(0.2) };
        var matched = Value(MatchedDifference.Estimate(
            outcome, treated, Value(NearestNeighbour.Match(fit.LinearPredictors.Span, treated, keys, options))));
        var seconds = Stopwatch.GetElapsedTime(clock).TotalSeconds;
        using var self = Process.GetCurrentProcess();
        var megabytes = (Peak: self.PeakWorkingSet64 / 1e6, Input: rows * 8.0 * Columns / 1e6);
        var use = new MemoryUse(seconds, megabytes.Peak, megabytes.Input, effect.Estimate, matched.Estimate, table.LargestSmdAfter);
        Console.WriteLine(JsonSerializer.Serialize(use, JsonSerializerOptions.Web));
        return Task.FromResult(Math.Abs(effect.Estimate - 0.5) < 0.01 ? 0 : 1);
    }

    // The truth is 0.5 for everybody.
    private static (DesignMatrix X, bool[] Treated, double[] Outcome) Make(int rows)
    {
        var random = new Random(20261122);
        var columns = new (string Name, double[] Values)[Columns];
        for (var j = 0; j < Columns; j++) columns[j] = ($"x{j + 1}", new double[rows]);
        var (treated, outcome) = (new bool[rows], new double[rows]);
        for (var i = 0; i < rows; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < Columns; j++)
            {
                // Uniform with unit variance: cheaper than normal, and alike for this purpose.
                var value = (random.NextDouble() - 0.5) * Math.Sqrt(12);
                columns[j].Values[i] = value;
                sum += j % 2 == 0 ? value : -value / 2;
            }

            treated[i] = random.NextDouble() < 1 / (1 + Math.Exp(1.5 - (0.3 * sum)));
            outcome[i] = (0.4 * sum) + (treated[i] ? 0.5 : 0) + ((random.NextDouble() - 0.5) * 3);
        }

        return (DesignMatrix.Keeping(columns), treated, outcome);
    }

    private static T Value<T>(Estimable<T> answer) =>
        answer.Match(value => value, (reason, detail) => throw new InvalidOperationException($"{reason}: {detail}"));
}

/// <summary>What a whole evaluation took.</summary>
internal sealed record MemoryUse(
    double Seconds, double PeakMegabytes, double InputMegabytes, double Effect, double Matched, double LargestSmd);
