using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using SiOutcomeLab.Hub.Identity;
using SiOutcomeLab.Mapping;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Protos.Intake.V1;
using SiOutcomeLab.Protos.Plans.V1;
using SiOutcomeLab.Protos.Runs.V1;
using Role = SiOutcomeLab.Domain.Identity.Role;

namespace SiOutcomeLab.Hub.Tests.Identity;

/// <summary>
/// Every call that is not public, by another tenant with the right role and the owner's real names: nothing told, and nothing to tell a thing
/// of somebody else's from one that does not exist. A call that these tests do not know fails them.
/// </summary>
public sealed class TenantMatrixTests(NswHub nsw) : IClassFixture<NswHub>
{
    private const string Other = "9911";

    // What the name in a call's request is a name of; a call without a name has none.
    private static readonly Dictionary<string, string> Kinds = new()
    {
        ["UploadFile"] = "streamed", ["GetUpload"] = "uploads", ["CancelUpload"] = "uploads", ["FinaliseUpload"] = "uploads", ["ListUploads"] = "",
        ["GetReceipt"] = "submissions", ["GetSubmission"] = "submissions", ["ListSubmissions"] = "",
        ["GetSubmissionLife"] = "submissions", ["WithdrawSubmission"] = "submissions", ["SetRetention"] = "submissions",
        ["ReturnOwnData"] = "submissions", ["ErasePerson"] = "person",
        ["GetRun"] = "runs", ["WatchRun"] = "runs", ["ReproduceRun"] = "runs", ["ListRuns"] = "", ["CancelRun"] = "runs", ["RestartCosting"] = "runs",
        ["StartRun"] = "plan",
        ["ListAuditEntries"] = "organisation",
        ["ExplainEffect"] = "effects", ["GetDraft"] = "drafts", ["DiscardDraft"] = "drafts", ["ListDrafts"] = "",
    };

    private static readonly Dictionary<string, Func<TestHub, IMessage>> NamingTheOwner = new()
    {
        ["CreateUpload"] = _ => new CreateUploadRequest { Manifest = ByteString.CopyFrom(File.ReadAllBytes(TestHub.NswFile("manifest.json"))) },
        ["RegisterIntervention"] = _ => new RegisterInterventionRequest { Intervention = InterventionMapping.ToWire(TestHub.NswInterventions()[0]) },
        ["RegisterPlan"] = _ => new RegisterPlanRequest { Plan = PlanMapping.ToWire(TestHub.NswPlans()[0]) },
        ["AssessFeasibility"] = _ => new AssessFeasibilityRequest { Plan = PlanMapping.ToWire(TestHub.NswPlans()[0]) },
        ["SaveDraft"] = _ => new SaveDraftRequest { Plan = PlanMapping.ToWire(TestHub.NswPlans()[0]) },
        ["AmendPlan"] = _ => new AmendPlanRequest { Plan = PlanMapping.ToWire(TestHub.NswPlans()[0]), Reason = "x" },
        ["ClosePlan"] = _ => new ClosePlanRequest { Name = $"plans/{TestHub.NswPlans()[0].Id}", Reason = "x" },
    };

    public static TheoryData<string> OwnOnly => Methods(TenantRule.OwnOnly, TenantRule.OwnOrSteward);

    public static TheoryData<string> OwnNamed => Methods(TenantRule.OwnNamed);

    public static TheoryData<string> LabOnly => Methods(TenantRule.Lab);

    [Theory, MemberData(nameof(OwnOnly))]
    public async Task AnotherTenantsThing_IsAnsweredAsOneThatDoesNotExist(string path)
    {
        var method = CallRulesTests.Find(path);
        Assert.True(Kinds.TryGetValue(method.Name, out var kind), $"{method.Name} is not in this test's table of kinds.");
        var headers = await nsw.Hub.HeadersAsync(Other, [.. CallRules.Of(path)!.Roles.Where(r => r != Role.Steward)]);
        var names = await NamesAsync();
        var (theirs, nobodys) = kind switch
        {
            "" => ("{}", "{}"),
            "streamed" => (string.Empty, string.Empty),
            "person" => (
                $$"""{"project":"nsw","personId":"{{new string('a', 64)}}"}""", $$"""{"project":"nothing","personId":"{{new string('a', 64)}}"}"""),
            "plan" => ("""{"plan":"nsw-entropy-balancing"}""", """{"plan":"nobodys"}"""),
            "organisation" => ("""{"organisation":"9901"}""", """{"organisation":"nobody"}"""),
            _ => ($$"""{"name":"{{names[kind]}}"}""", $$"""{"name":"{{kind}}/00000000000000000000000000000000"}"""),
        };
        if (kind == "streamed")
        {
            Assert.Equal(
                await UploadAsync(headers, "uploads/00000000000000000000000000000000"), await UploadAsync(headers, names["uploads"]));
            return;
        }

        var answer = await RawAsync(path, method, theirs, headers);

        Assert.Equal(await RawAsync(path, method, nobodys, headers), answer with { Bytes = string.Empty });
        foreach (var name in names.Values) Assert.DoesNotContain(name, answer.Bytes, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(OwnNamed))]
    public async Task NamingAnotherTenant_IsRefusedByName(string path)
    {
        var method = CallRulesTests.Find(path);
        Assert.True(NamingTheOwner.TryGetValue(method.Name, out var request), $"{method.Name} is not in this test's table of requests.");
        var headers = await nsw.Hub.HeadersAsync(Other, CallRules.Of(path)!.Roles);

        var answer = await RawAsync(path, method, JsonFormatter.Default.Format(request(nsw.Hub)), headers);

        Assert.Equal((StatusCode.PermissionDenied, "NOT_OWN_ORGANISATION"), (answer.Status, answer.Reason));
    }

    [Theory, MemberData(nameof(LabOnly))]
    public async Task TheLabsCalls_ByAStewardOfAnotherOrganisation_AreRefused(string path)
    {
        // The hub's own door makes no such token; a row made by hand must not help either.
        var headers = await nsw.Hub.HeadersAsync(Other, Enum.GetValues<Role>());

        var answer = await RawAsync(path, CallRulesTests.Find(path), "{}", headers);

        Assert.Equal((StatusCode.PermissionDenied, "ROLE_MISSING"), (answer.Status, answer.Reason));
    }

    private static TheoryData<string> Methods(params TenantRule[] rules) => [.. CallRules.All.Where(r => rules.Contains(r.Tenant)).Select(r => r.Method)];

    private async Task<Dictionary<string, string>> NamesAsync()
    {
        var observations = new SmallDelivery().Observations();
        var opened = await nsw.Hub.Intake.ListUploadsAsync(new ListUploadsRequest(), nsw.Owner);
        var upload = opened.Uploads.Count > 0 ? opened.Uploads[0].Name : (await nsw.Hub.Intake.CreateUploadAsync(
            new CreateUploadRequest { Manifest = ByteString.CopyFrom(SmallDelivery.ManifestFor(observations)) }, nsw.Owner)).Upload?.Name;
        var draft = new SaveDraftRequest { Plan = new EvaluationPlan { Id = "a-draft-of-the-owner", Organisation = TestHub.NswOrganisation } };
        return new Dictionary<string, string>
        {
            ["effects"] = (await nsw.Hub.Effects.ListEffectsAsync(new ListEffectsRequest(), nsw.Owner)).Effects[0].Name,
            ["drafts"] = (await nsw.Hub.Plans.SaveDraftAsync(draft, nsw.Owner)).Draft.Name,
            ["submissions"] = (await nsw.Hub.Intake.ListSubmissionsAsync(new ListSubmissionsRequest(), nsw.Owner)).Submissions[0].Name,
            ["runs"] = (await nsw.Hub.Runs.ListRunsAsync(new ListRunsRequest(), nsw.Owner)).Runs[0].Name,
            ["uploads"] = upload ?? "uploads/ffffffffffffffffffffffffffffffff",
        };
    }

    private async Task<(StatusCode, string?)> UploadAsync(Metadata headers, string upload)
    {
        var e = await Assert.ThrowsAsync<RpcException>(() => nsw.Hub.SendAsync(headers, upload, SubmissionFile.Observations, [1, 2, 3], 0));
        return (e.StatusCode, e.Reason());
    }

    private async Task<Answer> RawAsync(string path, MethodDescriptor method, string json, Metadata headers)
    {
        var request = method.InputType.Parser.ParseJson(json).ToByteArray();
        var raw = Marshallers.Create(b => b, b => b);
        var call = new Method<byte[], byte[]>(
            method.IsServerStreaming ? MethodType.ServerStreaming : MethodType.Unary, method.Service.FullName, method.Name, raw, raw);
        var options = new CallOptions(headers, Deadline.In(TestHub.Timeout), Cancel.Token);
        var told = string.Empty;
        try
        {
            if (!method.IsServerStreaming)
            {
                told = System.Text.Encoding.Latin1.GetString(await nsw.Hub.Channel.CreateCallInvoker().AsyncUnaryCall(call, null, options, request));
            }
            else
            {
                using var stream = nsw.Hub.Channel.CreateCallInvoker().AsyncServerStreamingCall(call, null, options, request);
                while (await stream.ResponseStream.MoveNext(Cancel.Token)) told += System.Text.Encoding.Latin1.GetString(stream.ResponseStream.Current);
            }

            return new Answer(StatusCode.OK, string.Empty, string.Empty, told);
        }
        catch (RpcException e)
        {
            return new Answer(e.StatusCode, e.Reason() ?? string.Empty, e.Status.Detail, string.Empty);
        }
    }

    private sealed record Answer(StatusCode Status, string Reason, string Detail, string Bytes)
    {
        // What an empty list or an own nothing weighs is the caller's own; it is looked through for others' names.
        public bool Equals(Answer? other) => other is not null && (Status, Reason, Detail) == (other.Status, other.Reason, other.Detail);

        public override int GetHashCode() => HashCode.Combine(Status, Reason, Detail);
    }
}
