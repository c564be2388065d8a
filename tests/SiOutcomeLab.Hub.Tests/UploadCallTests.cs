using System.Diagnostics;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Protos.Intake.V1;

namespace SiOutcomeLab.Hub.Tests;

/// <summary>The calls of an upload as a client meets them: codes, reasons and facts, and the receipt's bytes.</summary>
public sealed class UploadCallTests : IAsyncLifetime
{
    private readonly byte[] _file = new SmallDelivery().Observations();
    private TestHub _hub = null!;
    private Metadata _headers = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.StartAsync();
        _headers = await _hub.HeadersAsync(TestHub.NswOrganisation, Role.Submitter, Role.Analyst);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task Receipt_FromEveryCallThatGivesIt_IsTheSameBytes_AlsoAfterARestart()
    {
        var upload = await CreateAsync();
        await _hub.SendAsync(_headers, upload.Name, SubmissionFile.Observations, _file, 0);
        var first = (await _hub.FinaliseAsync(_headers, upload.Name)).Accepted;
        var again = (await _hub.FinaliseAsync(_headers, upload.Name)).Accepted;
        var created = (await CreateResponseAsync()).Accepted;
        await _hub.StopAsync();
        _hub = await TestHub.StartAsync(folder: _hub.Folder);
        var later = (await _hub.Intake.GetReceiptAsync(new GetReceiptRequest { Name = first.Receipt.Submission }, _headers)).Accepted;
        var finalised = (await _hub.FinaliseAsync(_headers, upload.Name)).Accepted;

        Assert.All([again, created, later, finalised], a => Assert.Equal(first.ReceiptBytes, a.ReceiptBytes));
        Assert.Equal(first.Receipt, Receipt.Parser.ParseFrom(first.ReceiptBytes));
        var file = Assert.Single(first.Receipt.Files);
        Assert.Equal((20L, 20L, _file.Length), (file.Rows, first.Receipt.Persons, file.Bytes));
        Assert.Equal(upload.Files[0].Sha256, file.Sha256);
        Assert.Matches("^[0-9a-f]{64}$", file.RowsSha256);
        Assert.Equal(UploadState.Accepted, (await GetAsync(upload.Name)).State);
        Assert.Single((await _hub.Intake.ListSubmissionsAsync(new ListSubmissionsRequest(), _headers)).Submissions);
    }

    [Fact]
    public async Task UploadFile_ChunkWithAWrongChecksum_IsDataLossAndNothingOfItIsKept()
    {
        var upload = await CreateAsync();
        var damaged = Uploading.Chunk(_file.AsMemory(100, 100), 100);
        damaged.Chunk.Crc32C ^= 1;
        var whole = Enumerable.Range(0, 100).Select(at => Uploading.Chunk(_file.AsMemory(at, 1), at));

        var e = await StreamFailsAsync([Uploading.Start(upload.Name, SubmissionFile.Observations, 0), .. whole, damaged]);

        Assert.Equal((StatusCode.DataLoss, "CHUNK_DAMAGED"), (e.StatusCode, e.Reason()));
        Assert.Equal("100", Fact(e, "offset"));
        Assert.Equal(100, (await GetAsync(upload.Name)).Files[0].DurableBytes);
    }

    [Fact]
    public async Task UploadFile_BeyondWhatHasCome_IsOutOfRangeWithTheDurableBytes()
    {
        var upload = await CreateAsync();
        await _hub.SendAsync(_headers, upload.Name, SubmissionFile.Observations, _file[..50], 0);

        var e = await Assert.ThrowsAsync<RpcException>(() => _hub.SendAsync(_headers, upload.Name, SubmissionFile.Observations, _file[60..], 60));

        Assert.Equal((StatusCode.OutOfRange, "OFFSET_AHEAD"), (e.StatusCode, e.Reason()));
        Assert.Equal("50", Fact(e, "durable_bytes"));
    }

    [Fact]
    public async Task UploadFile_OtherBytesThanThere_IsAbortedAndTheUploadIsPoisoned()
    {
        var upload = await CreateAsync();
        await _hub.SendAsync(_headers, upload.Name, SubmissionFile.Observations, _file[..200], 0);
        var other = _file[..200];
        other[150] ^= 1;

        var e = await Assert.ThrowsAsync<RpcException>(() => _hub.SendAsync(_headers, upload.Name, SubmissionFile.Observations, other, 0));
        var then = await Assert.ThrowsAsync<RpcException>(() => _hub.FinaliseAsync(_headers, upload.Name));

        Assert.Equal((StatusCode.Aborted, "UPLOAD_POISONED"), (e.StatusCode, e.Reason()));
        Assert.Equal((StatusCode.FailedPrecondition, "UPLOAD_CLOSED", "poisoned"), (then.StatusCode, then.Reason(), Fact(then, "state")));
        Assert.NotEqual(upload.Name, (await CreateAsync()).Name);
    }

    [Fact]
    public async Task UploadFile_ByTwoAtOnce_TheEarlierIsAborted()
    {
        var upload = await CreateAsync();
        using var earlier = _hub.Intake.UploadFile(_headers, Deadline.In(TestHub.Timeout));
        await earlier.RequestStream.WriteAsync(Uploading.Start(upload.Name, SubmissionFile.Observations, 0));
        await earlier.RequestStream.WriteAsync(Uploading.Chunk(_file.AsMemory(0, 100), 0));

        // A call is only in line before the hub meets it: the other would then be the earlier.
        await UntilTakenAsync(upload.Name);
        await _hub.SendAsync(_headers, upload.Name, SubmissionFile.Observations, _file, 0);
        try
        {
            await earlier.RequestStream.WriteAsync(Uploading.Chunk(_file.AsMemory(100, 100), 100));
        }
        catch (RpcException)
        {
            // The hub may have ended the call already; the answer is what counts.
        }

        var e = await Assert.ThrowsAsync<RpcException>(async () => await earlier.ResponseAsync);

        Assert.Equal((StatusCode.Aborted, "LEASE_LOST"), (e.StatusCode, e.Reason()));
        Assert.NotNull((await _hub.FinaliseAsync(_headers, upload.Name)).Accepted);
    }

    [Fact]
    public async Task UploadFile_HalfClosedEarly_KeepsWhatCameAndCommitsNothing()
    {
        var upload = await CreateAsync();

        var durable = await _hub.SendAsync(_headers, upload.Name, SubmissionFile.Observations, _file[..300], 0);
        var e = await Assert.ThrowsAsync<RpcException>(() => _hub.FinaliseAsync(_headers, upload.Name));

        Assert.Equal(300, durable);
        Assert.Equal((StatusCode.FailedPrecondition, "UPLOAD_INCOMPLETE", "300"), (e.StatusCode, e.Reason(), Fact(e, "durable_bytes")));
        Assert.Empty((await _hub.Intake.ListSubmissionsAsync(new ListSubmissionsRequest(), _headers)).Submissions);
    }

    [Fact]
    public async Task UploadFile_PartsOutOfOrder_AreRefused()
    {
        var upload = await CreateAsync();
        var start = Uploading.Start(upload.Name, SubmissionFile.Observations, 0);
        var chunk = Uploading.Chunk(_file.AsMemory(0, 10), 0);
        UploadFileRequest[][] streams = [[], [chunk], [start, start], [start, chunk, chunk], [start, new UploadFileRequest()]];

        foreach (var stream in streams) Assert.Equal("CHUNK_ORDER", (await StreamFailsAsync(stream)).Reason());
    }

    [Fact]
    public async Task UploadFile_OfAFileThatIsNotDeclared_IsRefused()
    {
        var upload = await CreateAsync();

        var e = await Assert.ThrowsAsync<RpcException>(() => _hub.SendAsync(_headers, upload.Name, SubmissionFile.Participations, _file, 0));

        Assert.Equal((StatusCode.InvalidArgument, "FILE_UNDECLARED"), (e.StatusCode, e.Reason()));
    }

    [Fact]
    public async Task CancelUpload_Twice_ChangesNothingMore()
    {
        var upload = await CreateAsync();
        await _hub.SendAsync(_headers, upload.Name, SubmissionFile.Observations, _file[..100], 0);

        var first = (await _hub.Intake.CancelUploadAsync(new CancelUploadRequest { Name = upload.Name }, _headers)).Upload;
        var second = (await _hub.Intake.CancelUploadAsync(new CancelUploadRequest { Name = upload.Name }, _headers)).Upload;

        Assert.Equal(UploadState.Cancelled, first.State);
        Assert.Equal(first, second);
        Assert.Empty(Directory.GetFiles(Path.Combine(_hub.Folder, "spool"), "*.spool"));
    }

    [Fact]
    public async Task Upload_OfAnotherTenant_IsAnsweredAsOneThatDoesNotExist()
    {
        var upload = await CreateAsync();
        var other = await _hub.HeadersAsync("9911", Role.Submitter, Role.Analyst);
        foreach (var name in new[] { upload.Name, "uploads/00000000000000000000000000000000", "uploads/", "nothing" })
        {
            RpcException[] failures =
            [
                await Assert.ThrowsAsync<RpcException>(async () => await _hub.Intake.GetUploadAsync(new GetUploadRequest { Name = name }, other)),
                await Assert.ThrowsAsync<RpcException>(async () => await _hub.Intake.CancelUploadAsync(new CancelUploadRequest { Name = name }, other)),
                await Assert.ThrowsAsync<RpcException>(() => _hub.FinaliseAsync(other, name)),
                await Assert.ThrowsAsync<RpcException>(() => _hub.SendAsync(other, name, SubmissionFile.Observations, _file, 0)),
            ];
            Assert.All(failures, e => Assert.Equal((StatusCode.NotFound, "UPLOAD_UNKNOWN"), (e.StatusCode, e.Reason())));
        }

        Assert.Empty((await _hub.Intake.ListUploadsAsync(new ListUploadsRequest(), other)).Uploads);
        Assert.Equal(upload.Name, Assert.Single((await _hub.Intake.ListUploadsAsync(new ListUploadsRequest(), _headers)).Uploads).Name);
    }

    private async Task<CreateUploadResponse> CreateResponseAsync() => await _hub.Intake.CreateUploadAsync(
        new CreateUploadRequest { Manifest = ByteString.CopyFrom(SmallDelivery.ManifestFor(_file)) }, _headers);

    private async Task<Upload> CreateAsync() => (await CreateResponseAsync()).Upload;

    private async Task<Upload> GetAsync(string name) => (await _hub.Intake.GetUploadAsync(new GetUploadRequest { Name = name }, _headers)).Upload;

    // Whoever receives a file has one in the spool, from before its first byte.
    private async Task UntilTakenAsync(string upload)
    {
        var spool = Path.Combine(_hub.Folder, "spool");
        var waited = Stopwatch.StartNew();
        while (!Directory.EnumerateFiles(spool, $"{upload.Split('/')[^1]}.*").Any())
        {
            Assert.True(waited.Elapsed < TestHub.Timeout, "The hub never began to receive the file.");
            await Task.Delay(20, Cancel.Token);
        }
    }

    private async Task<RpcException> StreamFailsAsync(params UploadFileRequest[] messages)
    {
        using var call = _hub.Intake.UploadFile(_headers, Deadline.In(TestHub.Timeout));
        try
        {
            foreach (var message in messages) await call.RequestStream.WriteAsync(message);
            await call.RequestStream.CompleteAsync();
        }
        catch (RpcException)
        {
            // The hub may answer before everything is sent; the answer is what counts.
        }

        return await Assert.ThrowsAsync<RpcException>(async () => await call.ResponseAsync);
    }

    private static string Fact(RpcException e, string name) => e.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Metadata[name];
}
