using Grpc.Core;
using SiOutcomeLab.Protos.Audit.V1;
using SiOutcomeLab.Protos.Identity.V1;
using SiOutcomeLab.Protos.Intake.V1;
using SiOutcomeLab.Protos.Runs.V1;
using Role = SiOutcomeLab.Domain.Identity.Role;

namespace SiOutcomeLab.Hub.Tests.Identity;

/// <summary>What stands in the audit log after calls over the real door.</summary>
public sealed class AuditTests : IAsyncLifetime
{
    private TestHub _hub = null!;
    private Metadata _steward = null!;
    private Metadata _analyst = null!;
    private AuditService.AuditServiceClient _audit = null!;
    private IdentityService.IdentityServiceClient _identity = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.StartAsync();
        _steward = await _hub.HeadersAsync("lab", Role.Steward);
        _analyst = await _hub.HeadersAsync("9901", Role.Analyst);
        _audit = new AuditService.AuditServiceClient(_hub.Channel);
        _identity = new IdentityService.IdentityServiceClient(_hub.Channel);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task Calls_OfKnownCallers_AreListedInOrderWithTheirOutcome()
    {
        await _hub.Runs.ListRunsAsync(new ListRunsRequest(), _analyst);
        await Assert.ThrowsAsync<RpcException>(async () => await _hub.Runs.GetRunAsync(new GetRunRequest { Name = "runs/19121212-1212" }, _analyst));
        await Assert.ThrowsAsync<RpcException>(async () => await _identity.ListRolesAsync(new ListRolesRequest(), _analyst));

        var entries = (await ListAsync(_steward)).Where(e => e.Organisation == "9901").ToArray();

        Assert.Equal(
            [("EvaluationService/ListRuns", "", "OK"), ("EvaluationService/GetRun", "runs/?", "NOT_FOUND"), ("IdentityService/ListRoles", "", "PERMISSION_DENIED")],
            entries.Select(e => (e.Call[(e.Call.LastIndexOf('.') + 1)..], e.Resource, e.Outcome)));
        Assert.All(entries, e => Assert.Equal(("test", Authentication.AccessToken, 1L), (e.Subject, e.Authentication, e.Count)));
    }

    [Fact]
    public async Task Write_WhenAnswered_StandsInTheLogAlready()
    {
        var grant = new RoleGrant { Organisation = "9901", Subject = "anna", Role = Protos.Identity.V1.Role.Analyst };

        await _identity.GrantRoleAsync(new GrantRoleRequest { Grant = grant }, _steward);

        // Past the hub's own calls, which would flush: straight from the catalogue.
        var entries = await _hub.Running.Catalogue.Audit.ListAsync(null, 0, 100, Cancel.Token);
        Assert.Contains(entries, e => e.Entry is { Resource: "roles/9901/anna/analyst", Outcome: "OK", Organisation.Code: "lab" });
    }

    [Fact]
    public async Task Refusals_OfNobody_AreCountedNotListed()
    {
        for (var i = 0; i < 40; i++)
        {
            await Assert.ThrowsAsync<RpcException>(async () => await _hub.Intake.ListSubmissionsAsync(new ListSubmissionsRequest()));
            await Assert.ThrowsAsync<RpcException>(async () => await _hub.Intake.ListSubmissionsAsync(
                new ListSubmissionsRequest(), new Metadata { { "authorization", $"Bearer guess-{i}" } }));
        }

        var entry = Assert.Single(await ListAsync(_steward), e => e.Organisation == "anonymous");

        Assert.Equal(("UNAUTHENTICATED", 80L, "anonymous"), (entry.Outcome, entry.Count, entry.Subject));
    }

    [Fact]
    public async Task List_ByAnAnalyst_ShowsItsOwnOrganisationAlone()
    {
        var other = await _hub.HeadersAsync("9911", Role.Analyst);
        await _hub.Runs.ListRunsAsync(new ListRunsRequest(), _analyst);
        await _hub.Runs.ListRunsAsync(new ListRunsRequest(), other);

        Assert.All(await ListAsync(other), e => Assert.Equal("9911", e.Organisation));
        Assert.Contains(await ListAsync(_steward), e => e.Organisation == "9901");
        var e = await Assert.ThrowsAsync<RpcException>(() => ListAsync(other, "9901"));
        Assert.Equal("NOT_OWN_ORGANISATION", e.Reason());
    }

    [Fact]
    public async Task Body_ThatCannotBeRead_IsRecordedThoughNoHandlerSawIt()
    {
        var raw = Marshallers.Create(b => b, b => b);
        var call = new Method<byte[], byte[]>(MethodType.Unary, "sioutcomelab.runs.v1.EvaluationService", "ListRuns", raw, raw);
        await Assert.ThrowsAsync<RpcException>(async () => await _hub.Channel.CreateCallInvoker().AsyncUnaryCall(call, null, new CallOptions(_analyst), [0xff, 0xff, 0xff]));

        var entry = Assert.Single(await ListAsync(_steward), e => e.Organisation == "9901");

        Assert.NotEqual("OK", entry.Outcome);
    }

    [Fact]
    public async Task Verify_WholeChain_GivesAHeadThatHoldsLaterAndAnotherThatDoesNot()
    {
        await _hub.Runs.ListRunsAsync(new ListRunsRequest(), _analyst);
        var first = await _audit.VerifyAuditAsync(new VerifyAuditRequest(), _steward);
        await _hub.Runs.ListRunsAsync(new ListRunsRequest(), _analyst);

        var later = await _audit.VerifyAuditAsync(new VerifyAuditRequest { ExpectedHead = first.Head }, _steward);
        var wrong = await _audit.VerifyAuditAsync(
            new VerifyAuditRequest { ExpectedHead = new AuditHead { Sequence = first.Head.Sequence, Hash = new string('b', 64) } }, _steward);

        Assert.Null(first.Break);
        Assert.Null(later.Break);
        Assert.True(later.Head.Sequence > first.Head.Sequence);
        Assert.Equal(AuditBreakKind.Rewritten, wrong.Break.Kind);
    }

    [Fact]
    public async Task Log_AfterAWholePush_HoldsNamesAndNoValues()
    {
        var sender = await _hub.HeadersAsync("9901", Role.Submitter, Role.Analyst);
        await _hub.LoadNswAsync(sender);

        var text = string.Join('\n', (await ListAsync(_steward)).Select(e => e.ToString()));

        Assert.Contains("FinaliseUpload", text, StringComparison.Ordinal);
        foreach (var header in new[] { sender, _steward, _analyst }) Assert.DoesNotContain(header[0].Value["Bearer ".Length..], text, StringComparison.Ordinal);
        Assert.Null((await _audit.VerifyAuditAsync(new VerifyAuditRequest(), _steward)).Break);
    }

    private async Task<IReadOnlyList<AuditEntry>> ListAsync(Metadata headers, string organisation = "")
    {
        var entries = new List<AuditEntry>();
        var request = new ListAuditEntriesRequest { Organisation = organisation, PageSize = 7 };
        do
        {
            var page = await _audit.ListAuditEntriesAsync(request, headers);
            entries.AddRange(page.Entries);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0 && entries.Count < 1000);
        return entries;
    }
}
