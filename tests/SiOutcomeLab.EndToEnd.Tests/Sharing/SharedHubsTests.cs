using System.Diagnostics;
using SiOutcomeLab.Domain.Runs;

namespace SiOutcomeLab.EndToEnd.Tests.Sharing;

/// <summary>Several hub processes on one catalogue and lake: every due run is counted once, whatever becomes of one of them.</summary>
public sealed class SharedHubsTests
{
    private const int Plans = 24;

    [Fact]
    public async Task ThreeHubs_OneKilledInMidRun_OthersFinishEachRunOnce()
    {
        await using var shared = await SharedHubs.CreateAsync();
        var killed = await shared.StartAsync("hub-1");
        await shared.PlanAsync(killed, Plans);
        await shared.UntilAsync(runs => runs.Any(r => r.State == RunState.Running));
        killed.Signal("KILL");
        var left = (await shared.RunsAsync()).Where(r => r.State == RunState.Running).Select(r => r.Id).ToArray();
        Assert.NotEmpty(left);

        await shared.StartAsync("hub-2");
        await shared.StartAsync("hub-3");
        var runs = await shared.UntilAsync(all => all.Count == Plans && all.All(r => r.State == RunState.Succeeded));

        await shared.RequireEachOnceAsync(Plans);
        Assert.All(runs.Where(r => left.Contains(r.Id)), r => Assert.True(r.Epoch >= 2));
    }

    [Fact]
    public async Task TwoHubs_OneStandsStillPastItsCheckIn_ItsLateResultsDoNotCount()
    {
        await using var shared = await SharedHubs.CreateAsync();
        var still = await shared.StartAsync("hub-1");
        await shared.PlanAsync(still, Plans);
        await shared.UntilAsync(runs => runs.Any(r => r.State == RunState.Running));
        still.Signal("STOP");
        var held = (await shared.RunsAsync()).Where(r => r.State == RunState.Running).Select(r => r.Id).ToArray();
        Assert.NotEmpty(held);

        await shared.StartAsync("hub-2");
        await shared.UntilAsync(all => all.Count == Plans && all.All(r => r.State == RunState.Succeeded));
        var before = await shared.RequireEachOnceAsync(Plans);
        still.Signal("CONT");
        await Task.Delay(TimeSpan.FromSeconds(6), Cancel.Token);

        Assert.Equal(before, await shared.RequireEachOnceAsync(Plans));
        Assert.Equal(0, await still.TerminateAsync());
        var said = await still.Errors;
        Assert.Contains("came too late and does not count", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Password", said, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Not among the tests of every day: how many runs a second one, two and three processes make of the same plans.</summary>
    [Theory(Explicit = true)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Throughput_OfProcesses_IsTold(int processes)
    {
        const int Many = 120;
        await using var shared = await SharedHubs.CreateAsync();
        var first = await shared.StartAsync("hub-1");
        await shared.PlanAsync(first, 1);
        await shared.UntilAsync(all => all.Count == 1 && all.All(r => r.State == RunState.Succeeded));
        for (var i = 2; i <= processes; i++) await shared.StartAsync($"hub-{i}");

        await shared.PlanAsync(first, Many);
        var started = Stopwatch.StartNew();
        await shared.UntilAsync(all => all.Count == Many && all.All(r => r.State == RunState.Succeeded), 300);

        var runs = (await shared.RunsAsync()).OrderBy(r => r.QueuedAt).Skip(1).ToArray();
        var seconds = (runs.Max(r => r.FinishedAt!.Value) - runs.Min(r => r.QueuedAt)).TotalSeconds;
        TestContext.Current.TestOutputHelper?.WriteLine(
            FormattableString.Invariant($"{processes} processes: {runs.Length} runs in {seconds:0.0} s, {runs.Length / seconds:0.0} runs/s (waited {started.Elapsed.TotalSeconds:0.0} s)"));
    }
}
