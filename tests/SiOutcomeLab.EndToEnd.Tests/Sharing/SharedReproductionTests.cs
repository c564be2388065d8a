using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.EndToEnd.Tests.Operation;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Protos.Runs.V1;
using RunState = SiOutcomeLab.Domain.Runs.RunState;

namespace SiOutcomeLab.EndToEnd.Tests.Sharing;

/// <summary>
/// Two hub processes on one PostgreSQL catalogue and one lake are asked, both at once, to make every published estimate again: whichever of
/// them computed it, with however many processors, and whatever has become of the data since.
/// </summary>
public sealed class SharedReproductionTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Reproduce_ByTwoHubsAtOnce_IsIdenticalUntilRowsAreErasedAndThenSaysWhen()
    {
        await using var shared = await SharedHubs.CreateAsync();
        var (first, second) = (await shared.StartAsync("hub-1", processors: 1), await shared.StartAsync("hub-2", processors: 2));
        await Task.WhenAll(shared.DeliverAsync(first, "9901"), shared.DeliverAsync(second, "9912"));
        await shared.DeliverAsync(first, "9913");
        await shared.UntilAsync(runs => runs.Count == 8 && runs.All(r => r.State == RunState.Succeeded));
        var published = await PublishedEffects.OfAsync(first);
        Assert.True(published.Values.Count(e => e.ResultCase == Effect.ResultOneofCase.Estimate) >= 8, $"Only {published.Count} effects.");
        await RequireAsync("as published", first, second, [.. published.Keys], null);

        await OwnRows.ReplaceAsync(second, shared, "9901");
        await OwnRows.TakeBackAsync(first, "9912");
        await RequireAsync("after one delivery was replaced and one taken back", first, second, [.. published.Keys], null);

        Assert.Equal(0, await first.TerminateAsync());
        Assert.Equal(0, await second.TerminateAsync());
        (first, second) = (await shared.StartAsync("hub-1", processors: 2), await shared.StartAsync("hub-2", processors: 1));
        await RequireAsync("by hubs that have started anew", first, second, [.. published.Keys], null);

        var before = DateTimeOffset.UtcNow;
        Assert.True(await OwnRows.EraseSomebodyAsync(first, "9913") > 0, "Nobody was erased.");
        var answers = await RequireAsync("after an erasure", first, second, [.. published.Keys], ("9913", before));
        var of9913 = published.Values.First(e => e.Organisation == "9913").Name;
        var told = await Silab.OutputOfAsync(
            "effects", "reproduce", of9913, "--hub", second.Grpc, "--token", SharedHubs.TokenOf("9913"), "--lang", "en");
        Assert.Contains($"erased by law on {SwedishDay.Text(answers[of9913].ErasedAt.ToDateTimeOffset())}", told, StringComparison.Ordinal);

        // What is made of what the erasure left can be made again.
        await shared.RegisterAgainAsync(second, "9913");
        await shared.UntilAsync(runs => runs.Count == 11 && runs.All(r => r.State == RunState.Succeeded));
        Assert.True((await PublishedEffects.OfAsync(first)).Count > published.Count, "Nothing was published after the erasure.");
        await RequireAsync("of what the erasure left", first, second, [.. published.Keys], ("9913", before));
    }

    /// <summary>
    /// Both hubs have every effect there was, and make each again alike; but of what who has erased had published before, they say so, and when.
    /// </summary>
    private async Task<IReadOnlyDictionary<string, ReproduceRunResponse>> RequireAsync(
        string when, OperatedHub first, OperatedHub second, IReadOnlyCollection<string> published, (string Organisation, DateTimeOffset After)? erased)
    {
        var answers = await Task.WhenAll(PublishedEffects.AgainAsync(first), PublishedEffects.AgainAsync(second));
        var effects = await PublishedEffects.OfAsync(second);
        foreach (var all in answers)
        {
            Assert.Empty(published.Except(all.Keys));
            output.WriteLine($"{when}: {string.Join(", ", all.Values.GroupBy(a => a.Verdict).Select(g => $"{g.Count()} {g.Key}"))}");
            foreach (var (name, answer) in all)
            {
                var isErased = effects[name].Organisation == erased?.Organisation && published.Contains(name);
                var expected = isErased ? ReproductionVerdict.RowsErased : ReproductionVerdict.Identical;
                Assert.True(expected == answer.Verdict, $"{when}, {name} of {effects[name].Organisation} was {answer.Verdict}.");
                if (isErased) Assert.InRange(answer.ErasedAt.ToDateTimeOffset(), erased!.Value.After, DateTimeOffset.UtcNow);
                else Assert.Null(answer.ErasedAt);
            }
        }

        Assert.Equal(answers[0].Select(a => (a.Key, a.Value)), answers[1].Select(a => (a.Key, a.Value)));
        return answers[0];
    }
}
