using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.EndToEnd.Tests.Operation;

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
        var left = await StopInMidRunAsync(shared, killed);
        killed.Signal("KILL");

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
        await StopInMidRunAsync(shared, still);

        await shared.StartAsync("hub-2");
        await shared.UntilAsync(all => all.Count == Plans && all.All(r => r.State == RunState.Succeeded));
        var before = await shared.RequireEachOnceAsync(Plans);
        still.Signal("CONT");
        await still.UntilErrorAsync("came too late and does not count");
        Assert.Equal(0, await still.TerminateAsync());

        Assert.Equal(before, await shared.RequireEachOnceAsync(Plans));
        Assert.DoesNotContain("Password", await still.Errors, StringComparison.OrdinalIgnoreCase);
    }

    // A run may end between being seen and the signal; and what has been sent to the database when the hub stands still is done there yet.
    private static async Task<string[]> StopInMidRunAsync(SharedHubs shared, OperatedHub hub)
    {
        while (true)
        {
            await shared.UntilAsync(runs => runs.Any(r => r.State == RunState.Running));
            hub.Signal("STOP");
            await Task.Delay(TimeSpan.FromMilliseconds(300), Cancel.Token);
            string[] left = [.. (await shared.RunsAsync()).Where(r => r.State == RunState.Running).Select(r => r.Id)];
            if (left.Length > 0) return left;
            hub.Signal("CONT");
        }
    }
}
