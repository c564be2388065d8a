using System.Diagnostics;
using SiOutcomeLab.Storage.Disk;

namespace SiOutcomeLab.Storage.Tests.Faults;

/// <summary>
/// Spool and lake on a disk that fails and loses power. What a sender was told stands: acknowledged is there whole, durable stays durable,
/// erased stays erased; and what was not acknowledged is there whole or not at all.
/// </summary>
public sealed class FaultTests(ITestOutputHelper output)
{
    private const int Limit = 300_000;
    private const int Seeds = 600;
    private const int CatalogueSeeds = 60;
    private const int MutantSeeds = 500;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<FlushSite> Sites => [.. Enum.GetValues<FlushSite>()];

    /// <summary>The machine stops once, in each operation that the same work has without a stop: by a kill, and by power losses.</summary>
    [Fact(Timeout = Limit)]
    public async Task Intake_StoppedInEveryOperation_KeepsItsWord()
    {
        var tally = new Tally();
        for (var work = 0; work < 4; work++)
        {
            var operations = await RunAsync(work, new Tally(), new SimulatedDisk(work), new SimulatedCatalogue(), () => true);
            for (var stop = 1; stop <= operations; stop++)
            {
                for (var variant = 0; variant < 3; variant++)
                {
                    var isPowerLoss = variant > 0;
                    var disk = new SimulatedDisk((1000 * stop) + variant) { StopAt = stop };
                    await RunAsync(work, tally, disk, new SimulatedCatalogue(), () => isPowerLoss);
                }
            }
        }

        output.WriteLine(tally.ToString());
        Assert.Equal(0, tally.Violations);
        Assert.True(tally.Acknowledged > tally.Runs);
        Assert.True(tally.Stops >= tally.Runs, "Some run never came to its stop.");
    }

    /// <summary>Stops of both kinds, one after another, and among them faults: full disks, failed and shortened writes, failed flushes.</summary>
    [Fact(Timeout = Limit)]
    public async Task Intake_ManyFaultsAndStops_KeepsItsWord()
    {
        var tally = new Tally();
        for (var seed = 0; seed < Seeds; seed++) await RunSeedAsync(seed, tally, leftOut: null);

        output.WriteLine(tally.ToString());
        Assert.Equal(0, tally.Violations);
        Assert.Equal(Seeds, tally.Runs);
        Assert.True(tally.Faults > Seeds);
        Assert.True(tally.Stops > Seeds);
        Assert.True(tally.Acknowledged > Seeds);
    }

    /// <summary>The same with the catalogue and its wrapped upload keys: one submission for each sender, the same receipt whenever asked.</summary>
    [Fact(Timeout = Limit)]
    public async Task Intake_WithTheCatalogueItself_KeepsItsWord()
    {
        var tally = new Tally();
        for (var seed = 0; seed < CatalogueSeeds; seed++)
        {
            await using var catalogue = new RealCatalogue();
            await RunSeedAsync(seed, tally, leftOut: null, catalogue);
        }

        output.WriteLine(tally.ToString());
        Assert.Equal(0, tally.Violations);
        Assert.True(tally.Stops > CatalogueSeeds);
        Assert.True(tally.Acknowledged > CatalogueSeeds);
    }

    /// <summary>Each flush is there for a reason: without it, something that was promised is lost.</summary>
    [Theory(Timeout = Limit)]
    [MemberData(nameof(Sites))]
    public async Task Intake_AFlushLeftOut_IsFoundOut(FlushSite site)
    {
        var tally = new Tally();
        var seed = 0;
        for (; seed < MutantSeeds && tally.Violations == 0; seed++) await RunSeedAsync(seed, tally, site);

        output.WriteLine($"{site} left out, after {seed} seeds: {tally}");
        Assert.True(tally.Violations > 0, $"Leaving out the flush {site} harms nothing in {seed} runs: it is superfluous, or this simulation is.");
    }

    private static Task<int> RunSeedAsync(int seed, Tally tally, FlushSite? leftOut, ISimulationCatalogue? catalogue = null)
    {
        var random = new Random(seed);
        var disk = new SimulatedDisk(seed)
        {
            LeftOut = leftOut,
            FaultsPerThousand = (seed % 3) * 15,
            StopAt = random.Next(1, 60),
        };
        var stops = random.Next(1, 6);
        return RunAsync(seed, tally, disk, catalogue ?? new SimulatedCatalogue(), () =>
        {
            disk.StopAt = --stops > 0 ? disk.Operations + random.Next(1, 60) : 0;
            return random.Next(2) == 0;
        });
    }

    private static async Task<int> RunAsync(int seed, Tally tally, SimulatedDisk disk, ISimulationCatalogue catalogue, Func<bool> onStop)
    {
        using var simulation = new IntakeSimulation(disk, catalogue, seed, tally) { OnStop = onStop };
        try
        {
            await simulation.RunAsync(Cancel);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new UnreachableException($"Seed {seed}, stopping at {disk.StopAt}, {disk.Operations} operations: {e.Message}", e);
        }

        return simulation.WorkOperations;
    }
}
