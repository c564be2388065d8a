using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Intake;
using SiOutcomeLab.Pipelines.Tests.Samples;

namespace SiOutcomeLab.Pipelines.Tests.Intake;

/// <summary>Uploads before their end: opened once, received from any offset, given up.</summary>
public sealed class UploadDeskTests : IAsyncLifetime
{
    private readonly SmallYears _data = SmallYears.From(2024);
    private TestLab _lab = null!;
    private TestIntake _intake = null!;

    public async ValueTask InitializeAsync()
    {
        _lab = await TestLab.OpenAsync();
        _intake = new TestIntake(_lab);
    }

    public async ValueTask DisposeAsync()
    {
        await _intake.DisposeAsync();
        await _lab.DisposeAsync();
    }

    [Fact]
    public async Task Open_SameContentTwice_IsOneUpload() =>
        Assert.Equal(await OpenAsync(), await OpenAsync());

    [Fact]
    public async Task Open_SameContentAtOnce_IsOneUpload()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(OpenAsync)));

        Assert.Single(ids.Distinct());
    }

    [Fact]
    public async Task Open_MoreThanTheOrganisationMay_IsRefusedUntilOneEnds()
    {
        await using var narrow = new TestIntake(_lab, new UploadLimits { MaximumOpen = 1 });
        var first = (await narrow.Desk.OpenAsync(_data.Manifest, TestLab.Token)).Opened!;
        var other = SmallYears.From(2030);

        var e = await Assert.ThrowsAsync<UploadException>(() => narrow.Desk.OpenAsync(other.Manifest, TestLab.Token));
        await narrow.Desk.EndAsync(first.Upload.Id, UploadState.Cancelled, TestLab.Token);
        var then = await narrow.Desk.OpenAsync(other.Manifest, TestLab.Token);

        Assert.Equal(UploadProblem.Quota, e.Problem);
        Assert.NotNull(then.Opened);
    }

    [Theory]
    [InlineData(true, UploadProblem.TooLarge)]
    [InlineData(false, UploadProblem.SpoolFull)]
    public async Task Open_MoreThanTheHubTakes_IsRefusedBeforeAByteIsSent(bool isLargeFile, UploadProblem expected)
    {
        var bytes = _data.Observations.Length;
        var limits = isLargeFile ? new UploadLimits { MaximumFileBytes = bytes - 1 } : new UploadLimits { SpoolBytes = bytes };
        await using var narrow = new TestIntake(_lab, limits);

        var e = await Assert.ThrowsAsync<UploadException>(() => narrow.Desk.OpenAsync(_data.Manifest, TestLab.Token));

        Assert.Equal(expected, e.Problem);
        Assert.Empty(await _lab.Catalogue.Uploads.AllOpenAsync(TestLab.Token));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(977)]
    public async Task Write_InPiecesOfAnySize_WithRestartsBetween_ArrivesWhole(int piece)
    {
        var id = await OpenAsync();
        var sent = _data.Observations;
        for (var at = 0; at < sent.Length;)
        {
            // A third of the way by one process, then the next goes on from what is durable.
            await _intake.DisposeAsync();
            _intake = new TestIntake(_lab);
            at = (int)(await _intake.StatusAsync(_data.Manifest, id)).DurableObservations;
            var end = Math.Min(sent.Length, at + (sent.Length / 3) + 1);
            await using var writer = await WriterAsync(id);
            for (var from = at; from < end; from += piece)
            {
                await writer.AppendAsync(from, sent.AsMemory(from, Math.Min(piece, end - from)), TestLab.Token);
            }

            at = end;
        }

        await _intake.WriteAsync(_data.Manifest, id, SubmissionPart.Participations, _data.Participations);
        Assert.True((await _intake.Finalise.FinaliseAsync(_data.Manifest.Organisation, id, TestLab.Token)).IsAccepted);
    }

    [Fact]
    public async Task Write_BytesThatAreThere_AreComparedAndPassedOver()
    {
        var id = await OpenAsync();
        await _intake.WriteAsync(_data.Manifest, id, SubmissionPart.Observations, _data.Observations.AsMemory(0, 500));

        var durable = await _intake.WriteAsync(_data.Manifest, id, SubmissionPart.Observations, _data.Observations.AsMemory(200, 400), offset: 200);

        Assert.Equal(600, durable);
    }

    [Fact]
    public async Task Write_OtherBytesThanThere_PoisonsAndDestroysFilesAndKey()
    {
        var id = await OpenAsync();
        await _intake.WriteAsync(_data.Manifest, id, SubmissionPart.Observations, _data.Observations.AsMemory(0, 500));
        var other = _data.Observations.AsMemory(100, 300).ToArray();
        other[250] ^= 1;

        var e = await Assert.ThrowsAsync<UploadException>(() => _intake.WriteAsync(_data.Manifest, id, SubmissionPart.Observations, other, offset: 100));
        var again = await Assert.ThrowsAsync<UploadException>(() =>
            _intake.WriteAsync(_data.Manifest, id, SubmissionPart.Observations, _data.Observations.AsMemory(0, 500)));

        Assert.Equal((UploadProblem.Poisoned, UploadProblem.Closed), (e.Problem, again.Problem));
        await EndedAsync(id, UploadState.Poisoned);
    }

    [Fact]
    public async Task Write_BeyondWhatHasCome_IsToldTheDurableBytes()
    {
        var id = await OpenAsync();
        await _intake.WriteAsync(_data.Manifest, id, SubmissionPart.Observations, _data.Observations.AsMemory(0, 500));

        var e = await Assert.ThrowsAsync<UploadException>(() =>
            _intake.WriteAsync(_data.Manifest, id, SubmissionPart.Observations, _data.Observations.AsMemory(501, 10), offset: 501));

        Assert.Equal(UploadProblem.OffsetAhead, e.Problem);
        Assert.Contains(("durable_bytes", "500"), e.Facts);
    }

    [Fact]
    public async Task Write_BeyondTheDeclaredSize_IsRefusedAndNothingOfItKept()
    {
        var id = await OpenAsync();
        await _intake.WriteAsync(_data.Manifest, id, SubmissionPart.Observations, _data.Observations);

        var e = await Assert.ThrowsAsync<UploadException>(() =>
            _intake.WriteAsync(_data.Manifest, id, SubmissionPart.Observations, new byte[] { 1 }, offset: _data.Observations.Length));

        Assert.Equal(UploadProblem.BeyondDeclared, e.Problem);
        Assert.Equal(_data.Observations.Length, (await _intake.StatusAsync(_data.Manifest, id)).DurableObservations);
    }

    [Theory]
    [InlineData("P")]
    [InlineData("PAX1")]
    [InlineData("id;")]
    public async Task Write_WhatIsNoParquet_IsRefusedAtItsFirstBytes(string begins)
    {
        var id = await OpenAsync();
        await using var writer = await WriterAsync(id);
        var bytes = System.Text.Encoding.ASCII.GetBytes(begins);
        if (begins == "P")
        {
            await writer.AppendAsync(0, bytes, TestLab.Token);
            bytes = "PAR1"u8.ToArray();
        }

        var e = await Assert.ThrowsAsync<UploadException>(() => writer.AppendAsync(writer.Bytes, bytes, TestLab.Token).AsTask());

        Assert.Equal(UploadProblem.NotParquet, e.Problem);
    }

    [Fact]
    public async Task Write_ByTwo_TheEarlierLosesAndNothingItSendsCounts()
    {
        var id = await OpenAsync();
        await using var earlier = await WriterAsync(id);
        await earlier.AppendAsync(0, _data.Observations.AsMemory(0, 100), TestLab.Token);
        await using var later = await WriterAsync(id);

        var e = await Assert.ThrowsAsync<UploadException>(() => earlier.AppendAsync(100, new byte[] { 1, 2, 3 }, TestLab.Token).AsTask());
        await later.AppendAsync(later.Bytes, _data.Observations.AsMemory((int)later.Bytes), TestLab.Token);
        var durable = await later.FlushAsync(TestLab.Token);
        await earlier.DisposeAsync();

        Assert.Equal(UploadProblem.LeaseLost, e.Problem);
        Assert.Equal(_data.Observations.Length, durable);
        await later.DisposeAsync();
        await _intake.WriteAsync(_data.Manifest, id, SubmissionPart.Participations, _data.Participations);
        Assert.True((await _intake.Finalise.FinaliseAsync(_data.Manifest.Organisation, id, TestLab.Token)).IsAccepted);
    }

    [Fact]
    public async Task Write_AfterAnotherProcessTookTheLease_DoesNotCount()
    {
        var id = await OpenAsync();
        await using var writer = await WriterAsync(id);
        await writer.AppendAsync(0, _data.Observations.AsMemory(0, 100), TestLab.Token);
        await _lab.Catalogue.Uploads.TakeLeaseAsync(id, TestLab.Token);

        var e = await Assert.ThrowsAsync<UploadException>(() => writer.FlushAsync(TestLab.Token).AsTask());

        Assert.Equal(UploadProblem.LeaseLost, e.Problem);
    }

    [Fact]
    public async Task Status_AskedWhileASenderGoesOnAfterARestart_TakesNothingFromIt()
    {
        var id = await OpenAsync();
        for (var at = 0; at < 400; at += 10)
        {
            await _intake.DisposeAsync();
            _intake = new TestIntake(_lab);
            using var together = new Barrier(3);
            var asking = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
            {
                together.SignalAndWait(TimeSpan.FromSeconds(60), TestLab.Token);
                return await _intake.StatusAsync(_data.Manifest, id);
            })).ToArray();
            together.SignalAndWait(TimeSpan.FromSeconds(60), TestLab.Token);

            Assert.Equal(at + 10, await _intake.WriteAsync(_data.Manifest, id, SubmissionPart.Observations, _data.Observations.AsMemory(at, 10), at));

            Assert.All(await Task.WhenAll(asking), s => Assert.InRange(s.DurableObservations, at, at + 10));
        }
    }

    [Fact]
    public async Task Write_MoreStreamsThanTheHubTakes_AreTurnedAwayForNow()
    {
        await using var narrow = new TestIntake(_lab, new UploadLimits { MaximumStreams = 1 });
        var id = (await narrow.Desk.OpenAsync(_data.Manifest, TestLab.Token)).Opened!.Upload.Id;
        var first = await narrow.Desk.WriteAsync(_data.Manifest.Organisation, id, SubmissionPart.Observations, TestLab.Token);

        var e = await Assert.ThrowsAsync<UploadException>(() =>
            narrow.Desk.WriteAsync(_data.Manifest.Organisation, id, SubmissionPart.Participations, TestLab.Token));
        await first.DisposeAsync();
        await using var then = await narrow.Desk.WriteAsync(_data.Manifest.Organisation, id, SubmissionPart.Participations, TestLab.Token);

        Assert.Equal(UploadProblem.Rate, e.Problem);
    }

    [Fact]
    public async Task Sweep_WhenItsTimeIsOver_DestroysFilesAndKeyAndLaterForgets()
    {
        var id = await OpenAsync();
        await _intake.WriteAsync(_data.Manifest, id, SubmissionPart.Observations, _data.Observations.AsMemory(0, 500));
        _lab.Time.Now += _intake.Limits.TimeToLive - TimeSpan.FromSeconds(1);
        Assert.Equal(0, await _intake.Keeping.SweepAsync(TestLab.Token));
        Assert.NotEmpty(_intake.SpoolFiles);

        _lab.Time.Now += TimeSpan.FromSeconds(2);
        Assert.Equal(1, await _intake.Keeping.SweepAsync(TestLab.Token));

        Assert.Empty(_intake.SpoolFiles);
        Assert.Contains(await _lab.Catalogue.Audit.ListAsync(null, 0, 10, TestLab.Token), a => a.Entry.Call == "hub/expire-upload" && a.Entry.Resource == "uploads/" + id);
        Assert.Equal(0, await _intake.Keeping.SweepAsync(TestLab.Token));
        Assert.Null(await _intake.Desk.FindAsync(_data.Manifest.Organisation, id, TestLab.Token));
        Assert.NotEqual(id, await OpenAsync());
    }

    [Fact]
    public async Task Sweep_FilesOfNoUpload_AreTakenWhenTheyAreOld()
    {
        using (var orphan = new MemoryStream([1, 2, 3])) await File.WriteAllBytesAsync(Path.Combine(_lab.SpoolPath, "gone.observations.spool"), orphan.ToArray(), TestLab.Token);
        File.SetLastWriteTimeUtc(Path.Combine(_lab.SpoolPath, "gone.observations.spool"), _lab.Time.Now.UtcDateTime);

        await _intake.Keeping.SweepAsync(TestLab.Token);
        Assert.NotEmpty(_intake.SpoolFiles);
        _lab.Time.Now += TimeSpan.FromHours(2);
        await _intake.Keeping.SweepAsync(TestLab.Token);

        Assert.Empty(_intake.SpoolFiles);
    }

    [Fact]
    public async Task End_Twice_StaysAsItWasFirst()
    {
        var id = await OpenAsync();
        await _intake.Desk.EndAsync(id, UploadState.Cancelled, TestLab.Token);

        var again = await _intake.Desk.EndAsync(id, UploadState.Expired, TestLab.Token);

        Assert.Equal(UploadState.Cancelled, again!.State);
        await EndedAsync(id, UploadState.Cancelled);
    }

    [Fact]
    public async Task Spool_WhileBytesArrive_HoldsNothingOfThemInTheClear()
    {
        var id = await OpenAsync();
        await _intake.WriteAsync(_data.Manifest, id, SubmissionPart.Observations, _data.Observations);
        var person = "1a2b3c0"u8.ToArray();

        foreach (var file in _intake.SpoolFiles)
        {
            var bytes = await File.ReadAllBytesAsync(file, TestLab.Token);
            Assert.Equal(-1, bytes.AsSpan().IndexOf(person.AsSpan()));
            Assert.Equal(-1, bytes.AsSpan().IndexOf("PAR1"u8));
        }

        Assert.True(_data.Observations.AsSpan().IndexOf("PAR1"u8) == 0);
    }

    private async Task EndedAsync(string id, UploadState state)
    {
        var ended = await _intake.Desk.FindAsync(_data.Manifest.Organisation, id, TestLab.Token);
        Assert.Equal(state, ended!.State);
        Assert.True(ended.WrappedKey.IsEmpty);
        Assert.Empty(_intake.SpoolFiles);
    }

    private async Task<string> OpenAsync() => (await _intake.Desk.OpenAsync(_data.Manifest, TestLab.Token)).Opened!.Upload.Id;

    private Task<UploadWriter> WriterAsync(string id) =>
        _intake.Desk.WriteAsync(_data.Manifest.Organisation, id, SubmissionPart.Observations, TestLab.Token);
}
