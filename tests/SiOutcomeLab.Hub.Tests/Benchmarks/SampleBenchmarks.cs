using System.Text.Json;
using SiOutcomeLab.Disclosure.Benchmarks;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Benchmarks;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Measures;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Pipelines.Benchmarks;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Hub.Tests.Benchmarks;

/// <summary>A municipality's own estimate, from which a benchmark is made.</summary>
internal sealed record OwnEstimate(string Municipality, double Point, double Error, int Participants, int? Events = null);

/// <summary>Benchmarks that the hub's own pooling and gate make of given estimates, stored as the pipeline stores them.</summary>
internal static class SampleBenchmarks
{
    /// <summary>A number that nothing else gives: whoever finds it has found what is withheld.</summary>
    public const double Canary = 8642;

    /// <summary>Five that may be shown.</summary>
    public static readonly OwnEstimate[] Five =
    [
        new("0180", 1.4, 0.5, 120), new("0380", 0.4, 0.6, 80), new("1280", 2.1, 0.7, 60), new("1480", 1, 0.4, 150), new("2480", 1.7, 0.8,
            45),
    ];

    /// <summary>The same with one that has too few participants.</summary>
    public static readonly OwnEstimate[] FiveAndOneSmall = [new("0114", Canary, 30, 20), .. Five];

    private static readonly DateTimeOffset Computed = new(2026, 6, 1, 9, 0, 0, TimeSpan.Zero);

    public static async Task<string> StoreAsync(
        ICatalogue catalogue,
        IReadOnlyList<OwnEstimate> own,
        DataPolicy policy = DataPolicy.Standard,
        string method = "ips",
        string measure = "employment_months",
        int horizon = 4,
        long newestRun = 1,
        IReadOnlyList<BenchmarkAbsence>? absent = null)
    {
        foreach (var municipality in own.Select(o => o.Municipality).Append("0180").Distinct())
        {
            var intervention = new Intervention(new(municipality), new(method), method, new($"Insatsen {method}", $"The {method}"), null,
                null);
            await catalogue.Plans.TryRegisterInterventionAsync(intervention, Cancel.Token);
        }

        var key = new BenchmarkKey(new("early-support"), method, PeriodLength.Quarter, new(new(measure), horizon,
            OutcomeSummary.SumToHorizon));
        var stored = Make(key, own, policy, newestRun, absent ?? []);
        await catalogue.Benchmarks.StoreAsync(stored, Cancel.Token);
        return stored.Stamp.Name;
    }

    private static StoredBenchmark Make(
        BenchmarkKey key, IReadOnlyList<OwnEstimate> own, DataPolicy policy, long newestRun, IReadOnlyList<BenchmarkAbsence> absent)
    {
        var snapshot = Snapshot.Of(key.Project, []);
        var inputs = $"{newestRun}";
        var bare = new Benchmark(
            key, 0.95, BenchmarkModel.TwoStage, [.. own.OrderBy(o => o.Municipality, StringComparer.Ordinal).Select(ContributorOf)],
                absent, null, null,
            null, [], policy, new BenchmarkLineage(snapshot.Hash, inputs, "0.1.0", Computed));
        var whole = Pool(bare);
        var gate = new BenchmarkGate(Policies.For(policy));
        var shown = gate.Basis(whole);
        var narrowed = Pool(bare with { Contributors = [.. bare.Contributors.Where(c => shown.Contains(c.Municipality))] });
        var release = gate.Release(whole, narrowed, MeasureVocabulary.Of);
        var result = JsonSerializer.SerializeToUtf8Bytes(whole, DomainJson.Options);
        return new StoredBenchmark(
            key, new BenchmarkStamp(release.Value.Name, inputs, snapshot.Hash), newestRun, snapshot, result, release, Computed);
    }

    // Shared comparison persons make every two estimates correlate a little.
    private static Benchmark Pool(Benchmark bare)
    {
        var n = bare.Contributors.Count;
        var errors = bare.Contributors.Select(c => c.Estimate.StandardError).ToArray();
        var covariance = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++) covariance[(i * n) + j] = errors[i] * errors[j] * (i == j ? 1 : 0.05);
        }

        return BenchmarkPool.Pool(bare, covariance, MeasureDirection.HigherIsBetter, Cancel.Token);
    }

    private static BenchmarkContributor ContributorOf(OwnEstimate own)
    {
        var estimate = new PointEstimate(
            EstimateGroup.AllTreated, own.Point, own.Error, "robust (HC1)", own.Point - (1.96 * own.Error), own.Point + (1.96 * own.Error),
                0.01,
            own.Events is { } yes ? yes / (double)own.Participants : 12, own.Events is null ? 12 - own.Point : 0.3, own.Participants,
            3 * own.Participants, 2 * own.Participants, 0.95, (4 * own.Participants) - 10, own.Events,
                own.Events is null ? null : own.Participants);
        var balance = new CovariateBalance("birth_year@1", false, 1991.5, 1988.2, 1991.5, 0.4321, 0.0123, 1.1, 0.04);
        var diagnostics = new Diagnostics(
            GateVerdict.Pass, [], [balance], 0.4321, 0.0123, 0.77, 0.54, 2 * own.Participants, own.Participants, 3 * own.Participants);
        return new BenchmarkContributor(new(own.Municipality), $"jobb-{own.Municipality}", 1, 1, $"run{own.Municipality}", estimate,
            diagnostics, null);
    }
}
