using SiOutcomeLab.Country.Delivering;
using SiOutcomeLab.Country.Making;
using SiOutcomeLab.Country.Small;
using SiOutcomeLab.Programme.Coverage;

namespace SiOutcomeLab.Country.Tests.Programme;

public sealed class CountryReplicateTests
{
    private static readonly StudyCase Tiny = new("tiny", "three municipalities", ["mst"]) { Municipalities = 3, Fewest = 70, Most = 90 };

    [Fact(Timeout = 120_000)]
    public async Task Run_ACountry_GoesFromDeliveriesToTheBenchmarkAndIsTheSameAgain()
    {
        var one = await RunAsync();
        var two = await RunAsync();

        Assert.Equal(3, one.Places.Count);
        Assert.All(one.Places, p => Assert.Equal([1, 2], p.Looks.Select(l => l.Look)));
        var places = one.Places.Zip(two.Places).ToArray();
        Assert.All(places, p => Assert.True(p.First.Looks[1].Treated > p.First.Looks[0].Treated));
        // The first look's interval is wider than 95 %: it spends little of the error.
        Assert.All(places, p => Assert.True(p.First.Looks[0].Level > p.First.Looks[1].Level && p.First.Looks[1].Level >= 0.95));
        Assert.All(places, p => Assert.NotNull(p.First.Shrunken));
        // Each lab names persons under a key of its own, so rows stand in another order: sums agree to rounding, not to the bit.
        Assert.All(places, p => Assert.Equal(p.First.Own!.Point, p.Second.Own!.Point, 1e-9));
        Assert.Equal(one.Pooled!.Effect.Point, two.Pooled!.Effect.Point, 1e-8);
    }

    [Fact]
    public void Expected_OfAMultiplier_IsWhatHappensToThousandsOfOthers()
    {
        var expected = new ExpectedEffects(1).At(Tiny, "mst", 1.3, 2);

        var small = SmallCountry.Make(Tiny.OptionsOf(0, 99) with { Participants = [1500], MeanMultiplier = 1.3, MultiplierSpread = 0 });
        var plan = small.PlanOf(0);
        var effects = small.Municipalities.SelectMany(m => m.Participants("mst")).Where(p => p.IsInTarget && p.IsFollowed(plan.Primary.HorizonPeriods))
            .Select(p => p.Effect(0, plan.Primary.HorizonPeriods, plan.Primary.Summary, Against.NotStartingThen)).ToArray();
        var spread = Math.Sqrt(effects.Select(e => Math.Pow(e - effects.Average(), 2)).Average());

        Assert.InRange(Wave.QuarterOf(plan.LastIndex), 5, 5);
        Assert.Equal(effects.Average(), expected, 4 * spread * Math.Sqrt((1.0 / effects.Length) + (1.0 / 6000)));
        Assert.Equal(0, new ExpectedEffects(1).At(Tiny with { IsWithoutEffect = true }, "mst", 1.3, 2));
    }

    private static async Task<CountryRow> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            return await new CountryReplicate(Tiny, 0, 5, new ExpectedEffects(1)).RunAsync(folder.FullName, TestContext.Current.CancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
