using Google.Protobuf.Reflection;
using Grpc.Core;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Hub.Identity;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Protos.Intake.V1;
using SiOutcomeLab.Protos.Plans.V1;
using SiOutcomeLab.Protos.Runs.V1;
using Role = SiOutcomeLab.Domain.Identity.Role;

namespace SiOutcomeLab.Hub.Tests;

/// <summary>Every call × every role × own and other tenant, made from the contract's descriptors: a new call without a row fails here.</summary>
public sealed class CallRulesTests(NswHub nsw) : IClassFixture<NswHub>
{
    // Every contract that the hub's assembly of stubs holds: nobody has to remember to name a new one here.
    private static readonly FileDescriptor[] Files =
    [
        .. typeof(EffectServiceReflection).Assembly.GetTypes()
            .Select(t => t.GetProperty("Descriptor", typeof(FileDescriptor))?.GetValue(null)).OfType<FileDescriptor>().Where(f => f.Services.Count > 0),
    ];

    public static TheoryData<string, Role> CallsAndRoles()
    {
        var data = new TheoryData<string, Role>();
        foreach (var method in Methods())
        {
            foreach (var role in Enum.GetValues<Role>()) data.Add(method.FullName, role);
        }

        return data;
    }

    [Fact]
    public void EveryCall_OfTheContract_HasARule() =>
        Assert.All(Methods(), m => Assert.NotNull(CallRules.Of($"/{m.Service.FullName}/{m.Name}")));

    [Fact]
    public void EveryRule_OfTheTable_IsACall()
    {
        var calls = Methods().Select(m => $"/{m.Service.FullName}/{m.Name}").ToHashSet();

        Assert.All(CallRules.All, r => Assert.True(calls.Contains(r.Method) || r.Method.StartsWith("/grpc.", StringComparison.Ordinal), r.Method));
    }

    [Theory]
    [MemberData(nameof(CallsAndRoles))]
    public async Task Call_ByRole_IsAdmittedExactlyAsTheTableSays(string fullName, Role role)
    {
        var method = Methods().Single(m => m.FullName == fullName);
        var path = $"/{method.Service.FullName}/{method.Name}";
        var headers = role == Role.Anonymous ? [] : await nsw.Hub.HeadersAsync(role == Role.Steward ? "lab" : "9911", role);

        var status = await CallAsync(path, method, headers);

        var isAllowed = role == Role.Anonymous ? CallRules.Of(path)!.Roles.Contains(Role.Anonymous) : new Caller(new OrganisationId("9911"), "t", new HashSet<Role> { role }).IsAny(CallRules.Of(path)!.Roles);
        if (isAllowed) Assert.DoesNotContain(status, new[] { StatusCode.Unauthenticated, StatusCode.PermissionDenied, StatusCode.Unimplemented, StatusCode.Unknown, StatusCode.Internal });
        else Assert.Equal(role == Role.Anonymous ? StatusCode.Unauthenticated : StatusCode.PermissionDenied, status);
    }

    [Theory]
    [InlineData("effects.v1.EffectService/GetEffect", "9911", Role.Submitter, true)]
    [InlineData("runs.v1.EvaluationService/GetRun", "9901", Role.Submitter, true)]
    [InlineData("runs.v1.EvaluationService/GetRun", "9911", Role.Submitter, false)]
    [InlineData("runs.v1.EvaluationService/GetRun", "lab", Role.Steward, true)]
    [InlineData("runs.v1.EvaluationService/GetRun", "lab", Role.Analyst, false)]
    [InlineData("runs.v1.EvaluationService/StartRun", "9901", Role.Submitter, false)]
    [InlineData("plans.v1.PlanService/GetDraft", "9901", Role.Analyst, true)]
    [InlineData("plans.v1.PlanService/GetDraft", "9911", Role.Analyst, false)]
    [InlineData("plans.v1.PlanService/RegisterPlan", "9911", Role.Analyst, false)]
    [InlineData("identity.v1.IdentityService/GrantRole", "9901", Role.Analyst, false)]
    [InlineData("identity.v1.IdentityService/GrantRole", "lab", Role.Steward, true)]
    public void Rule_AboutAnOrganisationsThing_AdmitsByRoleAndTenant(string call, string caller, Role role, bool expected) => Assert.Equal(
        expected,
        CallRules.Of("/sioutcomelab." + call)!.Admits(
            new Caller(new OrganisationId(caller), "t", new HashSet<Role> { role }), new OrganisationId("9901")));

    [Fact]
    public async Task CreateUpload_ForAnotherOrganisation_IsRefused()
    {
        var other = await nsw.Hub.HeadersAsync("9911", Role.Submitter);

        var e = await Assert.ThrowsAsync<RpcException>(() => nsw.Hub.PushAsync(
            other, TestHub.NswFile("manifest.json"), TestHub.NswFile("observations.parquet"), TestHub.NswFile("participations.parquet")));

        Assert.Equal("NOT_OWN_ORGANISATION", e.Reason());
    }

    [Fact]
    public async Task GetSubmission_OfAnotherTenant_AnswersAsIfItDidNotExist()
    {
        var name = (await nsw.Hub.Intake.ListSubmissionsAsync(new ListSubmissionsRequest(), nsw.Owner)).Submissions[0].Name;
        var other = await nsw.Hub.HeadersAsync("9911", Role.Submitter);

        var theirs = await Assert.ThrowsAsync<RpcException>(async () => await nsw.Hub.Intake.GetSubmissionAsync(new GetSubmissionRequest { Name = name }, other));
        var nobodys = await Assert.ThrowsAsync<RpcException>(async () =>
            await nsw.Hub.Intake.GetSubmissionAsync(new GetSubmissionRequest { Name = "submissions/00000000000000000000000000000000" }, other));

        Assert.Equal(nobodys.Status, theirs.Status);
        Assert.Equal("SUBMISSION_UNKNOWN", theirs.Reason());
        Assert.Empty((await nsw.Hub.Intake.ListSubmissionsAsync(new ListSubmissionsRequest(), other)).Submissions);
    }

    [Fact]
    public async Task GetRun_OfAnotherTenant_AnswersAsIfItDidNotExist_AndAStewardSeesIt()
    {
        var run = (await nsw.Hub.Runs.ListRunsAsync(new ListRunsRequest(), nsw.Owner)).Runs[0];
        var other = await nsw.Hub.HeadersAsync("9911", Role.Analyst);
        var steward = await nsw.Hub.HeadersAsync("lab", Role.Steward);

        var e = await Assert.ThrowsAsync<RpcException>(async () => await nsw.Hub.Runs.GetRunAsync(new GetRunRequest { Name = run.Name }, other));

        Assert.Equal("RUN_UNKNOWN", e.Reason());
        Assert.Equal(run, (await nsw.Hub.Runs.GetRunAsync(new GetRunRequest { Name = run.Name }, steward)).Run);
    }

    [Fact]
    public async Task RegisterPlan_ForAnotherOrganisation_IsRefused()
    {
        var other = await nsw.Hub.HeadersAsync("9911", Role.Analyst);
        var plan = (await nsw.Hub.Plans.GetPlanAsync(new GetPlanRequest { Name = "plans/nsw-entropy-balancing" })).Plan.Plan;

        var e = await Assert.ThrowsAsync<RpcException>(async () => await nsw.Hub.Plans.RegisterPlanAsync(new RegisterPlanRequest { Plan = plan }, other));

        Assert.Equal("NOT_OWN_ORGANISATION", e.Reason());
    }

    [Theory]
    [InlineData("Bearer 0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("Bearer ")]
    public async Task Call_WithCredentialsThatDoNotWork_IsRefusedEvenWhereAnonymousMayCall(string authorization)
    {
        var e = await Assert.ThrowsAsync<RpcException>(async () =>
            await nsw.Hub.Effects.ListEffectsAsync(new ListEffectsRequest(), new Metadata { { "authorization", authorization } }));

        Assert.Equal(StatusCode.Unauthenticated, e.StatusCode);
    }

    internal static MethodDescriptor Find(string path) => Methods().Single(m => $"/{m.Service.FullName}/{m.Name}" == path);

    private static IEnumerable<MethodDescriptor> Methods() => Files.SelectMany(f => f.Services).SelectMany(s => s.Methods);

    // An empty message to any call: what matters is whether it is let in, not what it then answers.
    private async Task<StatusCode> CallAsync(string path, MethodDescriptor method, Metadata headers)
    {
        var type = method switch
        {
            { IsClientStreaming: true, IsServerStreaming: true } => MethodType.DuplexStreaming,
            { IsClientStreaming: true } => MethodType.ClientStreaming,
            { IsServerStreaming: true } => MethodType.ServerStreaming,
            _ => MethodType.Unary,
        };
        var raw = Marshallers.Create(b => b, b => b);
        var call = new Method<byte[], byte[]>(type, method.Service.FullName, method.Name, raw, raw);
        var invoker = nsw.Hub.Channel.CreateCallInvoker();
        var options = new CallOptions(headers, Deadline.In(TestHub.Timeout), Cancel.Token);
        try
        {
            switch (type)
            {
                case MethodType.Unary:
                    await invoker.AsyncUnaryCall(call, null, options, []);
                    break;
                case MethodType.ServerStreaming:
                    using (var stream = invoker.AsyncServerStreamingCall(call, null, options, []))
                    {
                        while (await stream.ResponseStream.MoveNext(Cancel.Token)) Assert.NotNull(stream.ResponseStream.Current);
                    }

                    break;
                default:
                    using (var stream = invoker.AsyncClientStreamingCall(call, null, options))
                    {
                        await stream.RequestStream.CompleteAsync();
                        await stream;
                    }

                    break;
            }

            return StatusCode.OK;
        }
        catch (RpcException e)
        {
            return e.StatusCode;
        }
    }
}
