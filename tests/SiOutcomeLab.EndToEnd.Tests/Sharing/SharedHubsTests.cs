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
}
