using System.Text;
using SiOutcomeLab.Cli.Calls;
using SiOutcomeLab.Contract;
using SiOutcomeLab.EndToEnd.Tests.Operation;
using SiOutcomeLab.Parquet;
using SiOutcomeLab.Protos.Custody.V1;
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
        await RequireAsync("as published", first, second, published.Keys, null);

        await SupersedeAsync(second, shared, "9901");
        await WithdrawAsync(first, "9912");
        await RequireAsync("after one delivery was replaced and one taken back", first, second, published.Keys, null);

        Assert.Equal(0, await first.TerminateAsync());
        Assert.Equal(0, await second.TerminateAsync());
        (first, second) = (await shared.StartAsync("hub-1", processors: 2), await shared.StartAsync("hub-2", processors: 1));
        await RequireAsync("by hubs that have started anew", first, second, published.Keys, null);

        var before = DateTimeOffset.UtcNow;
        Assert.True(await EraseAsync(first, "9913") > 0, "Nobody was erased.");
        var answers = await RequireAsync("after an erasure", first, second, published.Keys, ("9913", before));
        var of9913 = published.Values.First(e => e.Organisation == "9913").Name;
        var told = await Silab.OutputOfAsync(
            "effects", "reproduce", of9913, "--hub", second.Grpc, "--token", SharedHubs.TokenOf("9913"), "--lang", "en");
        Assert.Contains($"erased by law on {answers[of9913].ErasedAt.ToDateTimeOffset():yyyy-MM-dd}", told, StringComparison.Ordinal);
    }

    /// <summary>Both hubs have every effect there was, and make each again alike; but of who has erased they say so, and when.</summary>
    private async Task<IReadOnlyDictionary<string, ReproduceRunResponse>> RequireAsync(
        string when, OperatedHub first, OperatedHub second, IEnumerable<string> published, (string Organisation, DateTimeOffset After)? erased)
    {
        var answers = await Task.WhenAll(PublishedEffects.AgainAsync(first), PublishedEffects.AgainAsync(second));
        var effects = await PublishedEffects.OfAsync(second);
        foreach (var all in answers)
        {
            Assert.Empty(published.Except(all.Keys));
            output.WriteLine($"{when}: {string.Join(", ", all.Values.GroupBy(a => a.Verdict).Select(g => $"{g.Count()} {g.Key}"))}");
            foreach (var (name, answer) in all)
            {
                var isErased = effects[name].Organisation == erased?.Organisation;
                var expected = isErased ? ReproductionVerdict.RowsErased : ReproductionVerdict.Identical;
                Assert.True(expected == answer.Verdict, $"{when}, {name} of {effects[name].Organisation} was {answer.Verdict}.");
                if (isErased) Assert.InRange(answer.ErasedAt.ToDateTimeOffset(), erased!.Value.After, DateTimeOffset.UtcNow);
                else Assert.Null(answer.ErasedAt);
            }
        }

        Assert.Equal(answers[0].Select(a => (a.Key, a.Value)), answers[1].Select(a => (a.Key, a.Value)));
        return answers[0];
    }

    /// <summary>Sends other rows in the place of an organisation's delivery.</summary>
    private static async Task SupersedeAsync(OperatedHub hub, SharedHubs shared, string organisation)
    {
        var folder = Path.Combine(shared.Root, "other-rows");
        var standing = await OnlySubmissionAsync(hub, organisation);
        await MadeDelivery.WriteAsync(folder, "nsw", 500, 20261122);
        var path = Path.Combine(folder, "manifest.json");
        var manifest = SubmissionManifest.Read(await File.ReadAllBytesAsync(path, Cancel.Token)).Manifest! with { Supersedes = standing };
        await File.WriteAllBytesAsync(path, manifest.ToJson(indented: true), Cancel.Token);
        var outcome = await new PushTrace().PushAsync(hub.Grpc, SharedHubs.TokenOf(organisation), folder, PushTrace.Quick(1));
        Assert.False(outcome.IsRefused);
    }

    private static async Task WithdrawAsync(OperatedHub hub, string organisation)
    {
        using var connection = HubConnection.To(hub.Grpc, SharedHubs.TokenOf(organisation));
        var request = new WithdrawSubmissionRequest { Name = "submissions/" + await OnlySubmissionAsync(hub, organisation) };
        var life = (await connection.Custody.WithdrawSubmissionAsync(request, connection.Options(Cancel.Token))).Life;
        Assert.Equal(LifeState.Withdrawn, life.State);
    }

    private static async Task<long> EraseAsync(OperatedHub hub, string organisation)
    {
        using var reader = ParquetReader.Open(Path.Combine(SharedHubs.FolderOf(organisation), "participations.parquet"));
        using var column = reader.OpenRowGroup(0).Bytes(reader.Schema.Columns.Single(c => c.Name == "person_id").Index);
        var batch = new BytesBatch();
        column.Read(batch, 1);
        using var connection = HubConnection.To(hub.Grpc, SharedHubs.TokenOf(organisation));
        var request = new ErasePersonRequest { Project = "made-country", PersonId = Encoding.ASCII.GetString(batch[0]) };
        return (await connection.Custody.ErasePersonAsync(request, connection.Options(Cancel.Token))).Rows;
    }

    private static async Task<string> OnlySubmissionAsync(OperatedHub hub, string organisation)
    {
        using var connection = HubConnection.To(hub.Grpc, SharedHubs.TokenOf(organisation));
        var found = await connection.Intake.ListSubmissionsAsync(new(), connection.Options(Cancel.Token));
        return Assert.Single(found.Submissions).Name["submissions/".Length..];
    }
}
