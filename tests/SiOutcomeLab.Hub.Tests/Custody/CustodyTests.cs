using System.Text;
using Grpc.Core;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Parquet;
using SiOutcomeLab.Protos.Audit.V1;
using SiOutcomeLab.Protos.Custody.V1;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Protos.Intake.V1;

namespace SiOutcomeLab.Hub.Tests.Custody;

/// <summary>What an owner may ask for through the real door after its data have come in.</summary>
public sealed class CustodyTests : IAsyncLifetime
{
    private TestHub _hub = null!;
    private Metadata _headers = null!;
    private CustodyService.CustodyServiceClient _custody = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.StartAsync();
        _headers = await _hub.HeadersAsync(TestHub.NswOrganisation, Role.Submitter, Role.Analyst);
        _custody = new CustodyService.CustodyServiceClient(_hub.Channel);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task ReturnOwnData_OfADelivery_IsEveryRowByItsNumber()
    {
        var delivery = new SmallDelivery();
        var name = await PushAsync(delivery);

        var (submission, file) = await ReturnedAsync(name);

        Assert.Equal(name, submission.Life.Name);
        Assert.Equal(SmallDelivery.ManifestFor(delivery.Observations()), submission.Manifest.ToByteArray());
        using var reader = ParquetReader.Open(new MemoryStream(file));
        Assert.Equal(["row_number", "municipality_code", "period_start", "earnings_usd_1982"], reader.Schema.Columns.Select(c => c.Name));
        var (numbers, earnings) = (new long[20], new double[20]);
        var group = reader.OpenRowGroup(0);
        using (var column = group.Column<long>(0)) Assert.Equal(20, column.Read(numbers, []));
        using (var column = group.Column<double>(3)) Assert.Equal(20, column.Read(earnings, new bool[20]));
        Assert.Equal(Enumerable.Range(1, 20).Select(n => (long)n), numbers);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => 1000.0 * i), earnings);
    }

    [Fact]
    public async Task ErasePerson_OfADelivery_LeavesNoByteAnywhereAndRefusesThePerson()
    {
        var delivery = new SmallDelivery();
        var name = await PushAsync(delivery);
        var person = delivery.Persons[6];

        var reply = await _custody.ErasePersonAsync(new ErasePersonRequest { Project = "nsw", PersonId = person }, _headers);

        Assert.Equal((1, 1L), (reply.Submissions, reply.Rows));
        var (_, file) = await ReturnedAsync(name);
        using (var reader = ParquetReader.Open(new MemoryStream(file))) Assert.Equal(19, reader.RowCount);
        Assert.Equal(1, (await _custody.GetSubmissionLifeAsync(new GetSubmissionLifeRequest { Name = name }, _headers)).Life.ErasedRows);
        AssertNowhere(Encoding.ASCII.GetBytes(person));
        AssertNowhere(Convert.FromHexString(person));

        await _custody.WithdrawSubmissionAsync(new WithdrawSubmissionRequest { Name = name }, _headers);
        var observations = delivery.Observations();
        var again = await _hub.PushAsync(_headers, SmallDelivery.ManifestFor(observations), observations, null);
        var finding = Assert.Single(again.Refused!.Findings);
        Assert.Equal(("PERSON_ERASED", 1L), (finding.Rule, finding.Count));
        Assert.Equal([7L], finding.SampleRows);

        delivery.Persons.RemoveAt(6);
        observations = delivery.Observations();
        Assert.NotNull((await _hub.PushAsync(_headers, SmallDelivery.ManifestFor(observations, 19), observations, null)).Accepted);
    }

    [Fact]
    public async Task ErasePerson_Done_IsProvenInTheAuditLogWithoutThePerson()
    {
        var delivery = new SmallDelivery();
        var name = await PushAsync(delivery);
        await _custody.ErasePersonAsync(new ErasePersonRequest { Project = "nsw", PersonId = delivery.Persons[0] }, _headers);

        var steward = await _hub.HeadersAsync("lab", Role.Steward);
        var entries = (await new AuditService.AuditServiceClient(_hub.Channel).ListAuditEntriesAsync(new ListAuditEntriesRequest(), steward)).Entries;

        var proofs = entries.Where(e => e.Call == "hub/erase").ToArray();
        Assert.All(proofs, p => Assert.Equal(TestHub.NswOrganisation, p.Organisation));
        Assert.Equal([(name, "ERASED 1 ROWS"), ("projects/nsw", "ERASED 1 ROWS OF 1 SUBMISSIONS")], proofs.Select(p => (p.Resource, p.Outcome)));
        Assert.DoesNotContain(delivery.Persons[0], entries.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(delivery.Persons[0], string.Join('\n', _hub.Log.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nsw", "abc", "person_id")]
    [InlineData("NSW!", "", "project")]
    public async Task ErasePerson_MalformedRequest_IsNamedWithoutItsValue(string project, string person, string field)
    {
        var e = await Assert.ThrowsAsync<RpcException>(
            async () => await _custody.ErasePersonAsync(new ErasePersonRequest { Project = project, PersonId = person }, _headers));

        Assert.Equal(StatusCode.InvalidArgument, e.StatusCode);
        Assert.Equal([field], e.Fields());
    }

    [Fact]
    public async Task EveryCall_AboutAnothersSubmission_IsAnsweredAsIfItWereNotThere()
    {
        var name = await PushAsync(new SmallDelivery());
        var other = await _hub.HeadersAsync("9902", Role.Submitter, Role.Analyst);
        foreach (var asked in (string[])[name, "submissions/00000000000000000000000000000000", "nonsense"])
        {
            Func<Task>[] calls =
            [
                async () => await _custody.GetSubmissionLifeAsync(new GetSubmissionLifeRequest { Name = asked }, other),
                async () => await _custody.WithdrawSubmissionAsync(new WithdrawSubmissionRequest { Name = asked }, other),
                async () => await _custody.SetRetentionAsync(new SetRetentionRequest { Name = asked }, other),
                async () => await ReturnedAsync(asked, other),
            ];
            foreach (var call in calls)
            {
                var e = await Assert.ThrowsAsync<RpcException>(call);
                Assert.Equal((StatusCode.NotFound, "SUBMISSION_UNKNOWN"), (e.StatusCode, e.Reason()));
                Assert.Equal("There is no such submission among your own.", e.Status.Detail);
            }
        }

        Assert.Equal(LifeState.Live, (await _custody.GetSubmissionLifeAsync(new GetSubmissionLifeRequest { Name = name }, _headers)).Life.State);
    }

    [Fact]
    public async Task SetRetention_InThePastOrNoDay_IsRefusedAndADayIsKept()
    {
        var name = await PushAsync(new SmallDelivery());
        foreach (var day in (string[])["2001-01-01", "2030-02-30", "soon"])
        {
            var e = await Assert.ThrowsAsync<RpcException>(
                async () => await _custody.SetRetentionAsync(new SetRetentionRequest { Name = name, RetainUntil = day }, _headers));
            Assert.Equal(["retain_until"], e.Fields());
        }

        var life = (await _custody.SetRetentionAsync(new SetRetentionRequest { Name = name, RetainUntil = "2099-12-31" }, _headers)).Life;
        Assert.Equal("2099-12-31", life.RetainUntil);
        Assert.Empty((await _custody.SetRetentionAsync(new SetRetentionRequest { Name = name }, _headers)).Life.RetainUntil);
    }

    [Fact]
    public async Task WithdrawSubmission_BehindEffects_IsToldByThem()
    {
        await _hub.LoadNswAsync(_headers);
        var before = await _hub.WaitForEffectsAsync("nsw-entropy-balancing", _headers);
        Assert.All(before, e => Assert.Equal(DataStanding.Current, e.DataStanding));
        var submission = Assert.Single((await _hub.Intake.ListSubmissionsAsync(new ListSubmissionsRequest(), _headers)).Submissions);

        await _custody.WithdrawSubmissionAsync(new WithdrawSubmissionRequest { Name = submission.Name }, _headers);

        var after = await _hub.Effects.GetEffectAsync(new GetEffectRequest { Name = before[0].Name }, _headers);
        Assert.Equal(DataStanding.Withdrawn, after.Effect.DataStanding);
        after.Effect.DataStanding = DataStanding.Current;
        Assert.Equal(before[0], after.Effect);
    }

    private async Task<string> PushAsync(SmallDelivery delivery)
    {
        var observations = delivery.Observations();
        var answer = await _hub.PushAsync(_headers, SmallDelivery.ManifestFor(observations), observations, null);
        return answer.Accepted!.Receipt.Submission;
    }

    private async Task<(OwnSubmission Submission, byte[] Observations)> ReturnedAsync(string name, Metadata? headers = null)
    {
        using var call = _custody.ReturnOwnData(new ReturnOwnDataRequest { Name = name }, headers ?? _headers, Deadline.In(TestHub.Timeout));
        OwnSubmission? submission = null;
        using var file = new MemoryStream();
        await foreach (var message in call.ResponseStream.ReadAllAsync(Cancel.Token))
        {
            if (message.Submission is not null) submission = message.Submission;
            else file.Write(message.Chunk.Data.Span);
        }

        return (submission!, file.ToArray());
    }

    private void AssertNowhere(byte[] bytes)
    {
        // The lock file is the running hub's alone, and empty.
        var files = Directory.EnumerateFiles(_hub.Folder, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "hub.lock").ToArray();
        Assert.NotEmpty(files);
        foreach (var path in files)
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            Assert.True(copy.GetBuffer().AsSpan(0, (int)copy.Length).IndexOf(bytes) < 0, $"The person stands in {Path.GetFileName(path)}.");
        }
    }
}
