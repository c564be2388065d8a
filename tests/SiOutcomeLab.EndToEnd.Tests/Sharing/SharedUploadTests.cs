using Google.Protobuf;
using Grpc.Core;
using SiOutcomeLab.Cli.Calls;
using SiOutcomeLab.Cli.Pushing;
using SiOutcomeLab.EndToEnd.Tests.Operation;
using SiOutcomeLab.Mapping;
using SiOutcomeLab.Protos.Intake.V1;
using SiOutcomeLab.Storage.Keys;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.EndToEnd.Tests.Sharing;

/// <summary>An upload that is begun at one hub and gone on with at another of the same catalogue and lake: taken once, whole, with one receipt.</summary>
public sealed class SharedUploadTests(TwoHubs hubs) : IClassFixture<TwoHubs>
{
    private static readonly string Token = SharedHubs.TokenOf(SharedHubs.Teaching);

    [Fact]
    public async Task Push_ItsHubIsKilledInMidUpload_IsFinishedAtAnotherAndTakenOnce()
    {
        var (shared, _, second) = await hubs.StartedAsync();
        var killed = await shared.StartAsync("hub-3");
        var delivery = await MadeDelivery.WriteAsync(Path.Combine(shared.Root, "moved"), "moved", 60_000, 1);
        var size = new FileInfo(Path.Combine(delivery, "observations.parquet")).Length;
        await using var line = new CuttingLine(new Uri(killed.Grpc), cuts: 1, (2_500_000, 3_000_000), 1);

        var (trace, pause) = (new PushTrace(), TimeSpan.FromSeconds(2));
        var push = trace.PushAsync(line.Address, Token, delivery, PushTrace.Quick(1) with { FirstPause = pause, LongestPause = pause });
        while (line.Cuts == 0) await Task.Delay(10, Cancel.Token);
        killed.Signal("KILL");
        line.Hub = new Uri(second.Grpc);
        var outcome = await push.WaitAsync(TimeSpan.FromMinutes(4), Cancel.Token);

        Assert.False(outcome.IsRefused);
        Assert.NotEmpty(trace.Failures);
        Assert.InRange(outcome.BytesSent, size + 1_000_000, long.MaxValue);
        await RequireWholeAsync(shared, delivery, "moved", outcome.Answer.Accepted.Receipt.Submission);

        // Back again, the hub that was killed knows what the other took, and gives the same receipt.
        var back = await shared.StartAsync("hub-3");
        var again = await new PushTrace().PushAsync(back.Grpc, Token, delivery, PushTrace.Quick(2));
        Assert.True(again.WasThere);
        Assert.Equal(outcome.Answer.Accepted.ReceiptBytes, again.Answer.Accepted.ReceiptBytes);
    }

    [Fact]
    public async Task UploadFile_AnotherHubTakesTheUploadOver_EndsTheFirstSenderAndCountsOnce()
    {
        var (shared, first, second) = await hubs.StartedAsync();
        var delivery = await MadeDelivery.WriteAsync(Path.Combine(shared.Root, "taken-over"), "taken-over", 20_000, 2);
        using var atFirst = HubConnection.To(first.Grpc, Token);
        using var atSecond = HubConnection.To(second.Grpc, Token);
        var options = atFirst.Options(Cancel.Token);
        var upload = await CreateAsync(atFirst, delivery);
        var bytes = await File.ReadAllBytesAsync(Path.Combine(delivery, "observations.parquet"), Cancel.Token);
        using var slow = atFirst.Intake.UploadFile(options);
        await slow.RequestStream.WriteAsync(new() { Start = new() { Upload = upload.Name, File = SubmissionFile.Observations } }, Cancel.Token);
        await slow.RequestStream.WriteAsync(ChunkOf(bytes, 0, 500_000), Cancel.Token);

        // A call is only in line before the hub meets it: whoever receives a file has one in the spool.
        var spool = Path.Combine(shared.Root, "hub-1", "spool");
        while (!Directory.EnumerateFiles(spool, $"{upload.Name.Split('/')[^1]}.*").Any()) await Task.Delay(20, Cancel.Token);

        // The same upload at the other hub: open, and nothing of it has come there.
        var there = await CreateAsync(atSecond, delivery);
        Assert.Equal((upload.Name, 0), (there.Name, there.Files[0].DurableBytes));
        await SendAsync(atSecond, there, delivery);
        await slow.RequestStream.WriteAsync(ChunkOf(bytes, 500_000, bytes.Length), Cancel.Token);
        await slow.RequestStream.CompleteAsync();
        Assert.Equal("LEASE_LOST", RetryRule.ReasonOf(await Assert.ThrowsAsync<RpcException>(() => slow.ResponseAsync)));

        var accepted = (await atSecond.Intake.FinaliseUploadAsync(new() { Name = upload.Name }, options)).Accepted;
        var known = (await atFirst.Intake.FinaliseUploadAsync(new() { Name = upload.Name }, options)).Accepted;
        Assert.Equal(accepted.ReceiptBytes, known.ReceiptBytes);
        Assert.Equal(UploadState.Accepted, (await atFirst.Intake.GetUploadAsync(new() { Name = upload.Name }, options)).Upload.State);
        await RequireWholeAsync(shared, delivery, "taken-over", accepted.Receipt.Submission);
    }

    [Fact]
    public async Task Finalise_WhereTheRestIsAtAnotherHub_SaysWhatHasComeHere()
    {
        var (shared, first, second) = await hubs.StartedAsync();
        var delivery = await MadeDelivery.WriteAsync(Path.Combine(shared.Root, "elsewhere"), "elsewhere", 2_000, 3);
        using var atFirst = HubConnection.To(first.Grpc, Token);
        using var atSecond = HubConnection.To(second.Grpc, Token);
        var upload = await CreateAsync(atFirst, delivery);
        await SendAsync(atFirst, upload, delivery);
        var (options, finalise) = (atSecond.Options(Cancel.Token), new FinaliseUploadRequest { Name = upload.Name });

        var failure = await Assert.ThrowsAsync<RpcException>(() => atSecond.Intake.FinaliseUploadAsync(finalise, options).ResponseAsync);
        Assert.Equal("UPLOAD_INCOMPLETE", RetryRule.ReasonOf(failure));
        Assert.Contains("to this hub", failure.Status.Detail, StringComparison.Ordinal);

        // Given up at the one, it is given up at the other, which had it whole.
        Assert.Equal(UploadState.Cancelled, (await atSecond.Intake.CancelUploadAsync(new() { Name = upload.Name }, options)).Upload.State);
        var closed = await Assert.ThrowsAsync<RpcException>(() => atFirst.Intake.FinaliseUploadAsync(finalise, options).ResponseAsync);
        Assert.Equal("UPLOAD_CLOSED", RetryRule.ReasonOf(closed));
        Assert.DoesNotContain(await shared.Catalogue.Submissions.KeptAsync(null, Cancel.Token), s => s.Project.Code == "elsewhere");
    }

    [Fact]
    public async Task Finalise_AtBothHubsAtOnce_IsTakenOnceWithOneReceipt()
    {
        var (shared, first, second) = await hubs.StartedAsync();
        using var atFirst = HubConnection.To(first.Grpc, Token);
        using var atSecond = HubConnection.To(second.Grpc, Token);
        var options = atFirst.Options(Cancel.Token);
        for (var i = 0; i < 5; i++)
        {
            var project = $"both-{i}";
            var delivery = await MadeDelivery.WriteAsync(Path.Combine(shared.Root, project), project, 10_000, 10 + i);
            var upload = await CreateAsync(atFirst, delivery);
            await SendAsync(atFirst, upload, delivery);
            await SendAsync(atSecond, await CreateAsync(atSecond, delivery), delivery);

            var answers = await Task.WhenAll(FinaliseAsync(atFirst, upload.Name), FinaliseAsync(atSecond, upload.Name));
            Assert.Contains(answers, a => a is not null);
            var receipts = new List<ByteString>(answers.Where(a => a is not null).Select(a => a!.ReceiptBytes));
            foreach (var hub in new[] { atFirst, atSecond })
            {
                receipts.Add((await hub.Intake.FinaliseUploadAsync(new() { Name = upload.Name }, options)).Accepted.ReceiptBytes);
            }

            Assert.Single(receipts.Distinct());
            await RequireWholeAsync(shared, delivery, project, Receipt.Parser.ParseFrom(receipts[0]).Submission);
        }
    }

    // Null when the hub said that the other was at it: then it is asked again.
    private static async Task<Acceptance?> FinaliseAsync(HubConnection hub, string upload)
    {
        try
        {
            return (await hub.Intake.FinaliseUploadAsync(new() { Name = upload }, hub.Options(Cancel.Token))).Accepted;
        }
        catch (RpcException e) when (RetryRule.ReasonOf(e) == "LEASE_LOST")
        {
            return null;
        }
    }

    private static async Task<Upload> CreateAsync(HubConnection hub, string delivery)
    {
        var manifest = ByteString.CopyFrom(await File.ReadAllBytesAsync(Path.Combine(delivery, "manifest.json"), Cancel.Token));
        return (await hub.Intake.CreateUploadAsync(new() { Manifest = manifest }, hub.Options(Cancel.Token))).Upload;
    }

    private static async Task SendAsync(HubConnection hub, Upload upload, string delivery)
    {
        var send = new FileSend(hub, upload.Name, TimeSpan.FromMinutes(1), 256 * 1024, _ => { });
        Assert.Equal(upload.Files[0].DeclaredBytes, await send.RunAsync(upload.Files[0], Path.Combine(delivery, "observations.parquet"), Cancel.Token));
    }

    private static UploadFileRequest ChunkOf(byte[] bytes, int from, int to)
    {
        var data = bytes.AsSpan(from, Math.Min(to, bytes.Length) - from);
        return new() { Chunk = new() { Offset = from, Data = ByteString.CopyFrom(data), Crc32C = Crc32C.Of(data) } };
    }

    /// <summary>The project has one submission, the one of the receipt, and the lake holds every row of it.</summary>
    private static async Task RequireWholeAsync(SharedHubs shared, string delivery, string project, string named)
    {
        var kept = (await shared.Catalogue.Submissions.KeptAsync(null, Cancel.Token)).Where(s => s.Project.Code == project);
        var submission = Assert.Single(kept);
        Assert.Equal(named, "submissions/" + submission.Id);
        Assert.DoesNotContain(await shared.Catalogue.Uploads.AllOpenAsync(Cancel.Token), u => u.Project.Code == project);
        using var lake = new FolderLake(Path.Combine(shared.Root, "lake"));
        using var ring = HubKeyRing.Load(Path.Combine(shared.Root, "hub.key"), Path.Combine(shared.Root, "hub-1"));
        var secrets = new KeptSecrets(shared.Catalogue.Uploads, shared.Catalogue.Projects, ring);
        var personKey = await secrets.PersonKeyAsync(submission.Project, Cancel.Token);
        var expected = await LakeContent.OfDeliveryAsync(delivery, personKey);
        Assert.Equal(expected, submission.Observations.Sha256);
        Assert.Equal(expected, await LakeContent.OfAsync(lake, submission.Observations));
    }
}
