using SiOutcomeLab.Domain.Benchmarks;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Protos.Benchmarks.V1;

namespace SiOutcomeLab.Hub.Tests.Benchmarks;

/// <summary>One hub with a benchmark of each kind, shared by the tests of a class that only read.</summary>
public sealed class BenchmarkHub : IAsyncLifetime
{
    internal TestHub Hub { get; private set; } = null!;

    internal BenchmarkService.BenchmarkServiceClient Benchmarks { get; private set; } = null!;

    /// <summary>Pooled, for analysts, with a municipality that may not be shown and one that does not take part.</summary>
    internal string Pooled { get; private set; } = string.Empty;

    /// <summary>Pooled, for everybody.</summary>
    internal string Open { get; private set; } = string.Empty;

    /// <summary>Pooled by one likelihood over all municipalities, for everybody.</summary>
    internal string OneStage { get; private set; } = string.Empty;

    /// <summary>Of three municipalities: a pool exists and may not be shown.</summary>
    internal string Withheld { get; private set; } = string.Empty;

    /// <summary>Of two municipalities: there is nothing to pool; for everybody.</summary>
    internal string NotPoolable { get; private set; } = string.Empty;

    public async ValueTask InitializeAsync()
    {
        Hub = await TestHub.StartAsync();
        Benchmarks = new BenchmarkService.BenchmarkServiceClient(Hub.Channel);
        var (catalogue, five) = (Hub.Running.Catalogue, SampleBenchmarks.Five);
        Pooled = await SampleBenchmarks.StoreAsync(
            catalogue, SampleBenchmarks.FiveAndOneSmall, absent: [new(new("0330"), "jobb-0330", AbsenceReason.NotAllowed)]);
        Open = await SampleBenchmarks.StoreAsync(catalogue, five, DataPolicy.OpenData, horizon: 8);
        OneStage = await SampleBenchmarks.StoreAsync(
            catalogue, [.. five.Select(o => o with { Point = o.Point / 10, Error = 0.08, Events = 8 })], DataPolicy.OpenData, "ips",
                "in_work_or_study");
        Withheld = await SampleBenchmarks.StoreAsync(catalogue, five[..3], method: "mst");
        NotPoolable = await SampleBenchmarks.StoreAsync(catalogue, five[..2], DataPolicy.OpenData, "skolfam", "school_absence_percent");
    }

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
