using System.Text.Json.Nodes;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Protos.Runs.V1;
using SiOutcomeLab.Storage.Tests.Lake;
using RunState = SiOutcomeLab.Domain.Runs.RunState;

namespace SiOutcomeLab.EndToEnd.Tests.Sharing;

/// <summary>Hub processes whose lake is in an S3 store: everything as on a folder.</summary>
public sealed class SharedStoreTests
{
    [Fact]
    public async Task Hubs_OnAnS3Lake_TakeEvaluateMakeAgainAndErase()
    {
        await using var shared = await SharedHubs.CreateAsync(await S3Server.NewPlaceAsync());
        var (first, second) = (await shared.StartAsync("hub-1"), await shared.StartAsync("hub-2"));
        await shared.DeliverAsync(first, "9901");
        await shared.UntilAsync(runs => runs.Count == 2 && runs.All(r => r.State == RunState.Succeeded));

        var receipt = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(shared.Root, "9901.receipt"), Cancel.Token))!;
        var kept = Assert.Single(await shared.Catalogue.Submissions.KeptAsync(null, Cancel.Token));
        Assert.Equal("submissions/" + kept.Id, (string?)receipt["receipt"]!["submission"]);
        var files = Directory.GetFiles(shared.Root, "*", SearchOption.AllDirectories);
        Assert.DoesNotContain(files, f => Path.GetFileName(f).Contains(kept.Observations.Sha256[2..], StringComparison.Ordinal));
        string[] check = ["hub", "check", "--config", Path.Combine(shared.Root, "hub-1.json")];
        Assert.Contains("2 objects with the right hash", await Silab.WellAsync(check), StringComparison.Ordinal);

        var published = await PublishedEffects.OfAsync(second);
        Assert.Contains(published.Values, e => e.Estimate is not null);
        foreach (var answers in await Task.WhenAll(PublishedEffects.AgainAsync(first), PublishedEffects.AgainAsync(second)))
        {
            Assert.Equal(published.Keys, answers.Keys);
            Assert.All(answers.Values, a => Assert.Equal(ReproductionVerdict.Identical, a.Verdict));
        }

        string[] reproduce = ["effects", "reproduce", published.Keys.First(), "--hub", second.Grpc, "--token", SharedHubs.TokenOf("9901"), "--lang", "en"];
        Assert.StartsWith("Identical", await Silab.OutputOfAsync(reproduce), StringComparison.Ordinal);
        Assert.True(await OwnRows.EraseSomebodyAsync(second, "9901") > 0, "Nobody was erased.");
        Assert.All((await PublishedEffects.AgainAsync(first)).Values, a => Assert.Equal(ReproductionVerdict.RowsErased, a.Verdict));
        Assert.Contains("2 objects with the right hash", await Silab.WellAsync(check), StringComparison.Ordinal);
    }
}
