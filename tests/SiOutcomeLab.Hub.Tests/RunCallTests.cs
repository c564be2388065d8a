using System.Diagnostics;
using Grpc.Core;
using SiOutcomeLab.Mapping;
using SiOutcomeLab.Protos.Costs.V1;
using SiOutcomeLab.Protos.Plans.V1;
using SiOutcomeLab.Protos.Runs.V1;
using Role = SiOutcomeLab.Domain.Identity.Role;

namespace SiOutcomeLab.Hub.Tests;

/// <summary>Starting and cancelling runs by calls, on a hub with the NSW data.</summary>
public sealed class RunCallTests(NswHub nsw) : IClassFixture<NswHub>
{
    private const string Plan = "nsw-entropy-balancing";

    [Fact]
    public async Task StartRun_ResultStands_GivesThatRun()
    {
        var standing = (await nsw.Hub.Runs.ListRunsAsync(new ListRunsRequest { Plan = Plan }, nsw.Owner)).Runs.Single();

        var started = (await nsw.Hub.Runs.StartRunAsync(new StartRunRequest { Plan = Plan }, nsw.Owner)).Run;

        Assert.Equal(standing, started);
        Assert.Equal((RunState.Succeeded, RunCause.LookDue, 1), (started.State, started.Cause, started.Attempts));
    }

    [Fact]
    public async Task StartRun_OfAnotherTenantOrUnknown_AreAnsweredAlike_AndAStewardMay()
    {
        var other = await nsw.Hub.HeadersAsync("9911", Role.Analyst);
        var steward = await nsw.Hub.HeadersAsync("lab", Role.Steward);

        var theirs = await RefusedAsync(new StartRunRequest { Plan = Plan }, other);
        var nobodys = await RefusedAsync(new StartRunRequest { Plan = "nobodys" }, other);

        Assert.Equal((StatusCode.NotFound, "PLAN_UNKNOWN"), (theirs.StatusCode, theirs.Reason()));
        Assert.Equal(nobodys.Status, theirs.Status);
        Assert.NotNull((await nsw.Hub.Runs.StartRunAsync(new StartRunRequest { Plan = Plan }, steward)).Run);
    }

    [Theory]
    [InlineData(Plan, 2, StatusCode.InvalidArgument, "FIELD_INVALID")]
    [InlineData(Plan, -1, StatusCode.InvalidArgument, "FIELD_INVALID")]
    [InlineData("", 0, StatusCode.NotFound, "PLAN_UNKNOWN")]
    public async Task StartRun_OutsideOfWhatThereIs_IsRefused(string plan, int look, StatusCode status, string reason)
    {
        var refused = await RefusedAsync(new StartRunRequest { Plan = plan, Look = look }, nsw.Owner);

        Assert.Equal((status, reason), (refused.StatusCode, refused.Reason()));
    }

    [Fact]
    public async Task StartRun_FollowUpMissing_IsRefused()
    {
        var plan = TestHub.NswPlans()[0];
        var later = plan with { Id = "nsw-later", FirstIndex = plan.FirstIndex.Plus(5), LastIndex = plan.LastIndex.Plus(5) };
        await nsw.Hub.Plans.RegisterPlanAsync(new RegisterPlanRequest { Plan = PlanMapping.ToWire(later) }, nsw.Owner);

        Assert.Equal("FOLLOW_UP_MISSING", (await RefusedAsync(new StartRunRequest { Plan = "nsw-later" }, nsw.Owner)).Reason());
    }

    [Fact]
    public async Task StartRun_ProspectiveBeforeItsDay_IsRefused()
    {
        var plan = TestHub.NswPlans()[0] with { Id = "nsw-to-come", LookDueOn = new DateOnly(2099, 1, 1), ResultsDueOn = new DateOnly(2099, 6, 1) };
        var later = plan with { FirstIndex = plan.FirstIndex.Plus(5), LastIndex = plan.LastIndex.Plus(5) };
        await nsw.Hub.Plans.RegisterPlanAsync(new RegisterPlanRequest { Plan = PlanMapping.ToWire(later) }, nsw.Owner);

        Assert.Equal("LOOK_NOT_DUE", (await RefusedAsync(new StartRunRequest { Plan = "nsw-to-come" }, nsw.Owner)).Reason());
    }

    [Fact]
    public async Task StartRun_RetrospectiveBeforeItsDay_RunsToItsEnd()
    {
        var plan = TestHub.NswPlans()[0] with { Id = "nsw-on-request", LookDueOn = new DateOnly(2099, 1, 1), ResultsDueOn = new DateOnly(2099, 6, 1) };
        await nsw.Hub.Plans.RegisterPlanAsync(new RegisterPlanRequest { Plan = PlanMapping.ToWire(plan) }, nsw.Owner);

        var run = (await nsw.Hub.Runs.StartRunAsync(new StartRunRequest { Plan = "nsw-on-request", Look = 1 }, nsw.Owner)).Run;
        using var watch = nsw.Hub.Runs.WatchRun(new WatchRunRequest { Name = run.Name }, nsw.Owner, Deadline.In(TestHub.Timeout));
        Run? last = null;
        while (await watch.ResponseStream.MoveNext(Cancel.Token)) last = watch.ResponseStream.Current.Run;

        Assert.Equal((RunState.Succeeded, RunCause.Requested), (last!.State, last.Cause));
    }

    [Fact]
    public async Task CancelRun_ThatHasEnded_IsRefused()
    {
        var run = (await nsw.Hub.Runs.ListRunsAsync(new ListRunsRequest { Plan = Plan }, nsw.Owner)).Runs[0];

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await nsw.Hub.Runs.CancelRunAsync(new CancelRunRequest { Name = run.Name }, nsw.Owner));

        Assert.Equal((StatusCode.FailedPrecondition, "RUN_ENDED"), (refused.StatusCode, refused.Reason()));
    }

    [Fact]
    public async Task CancelRun_ByAnotherTenant_IsAnsweredAsIfItDidNotExist()
    {
        var run = (await nsw.Hub.Runs.ListRunsAsync(new ListRunsRequest { Plan = Plan }, nsw.Owner)).Runs[0];
        var other = await nsw.Hub.HeadersAsync("9911", Role.Analyst);

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await nsw.Hub.Runs.CancelRunAsync(new CancelRunRequest { Name = run.Name }, other));

        Assert.Equal("RUN_UNKNOWN", refused.Reason());
    }

    [Fact]
    public async Task RestartCosting_GivenUp_PutsTheRunInKronorAnew()
    {
        var (plan, name) = await GivenUpRun.MakeAsync(nsw, "nsw-given-up");
        var costs = new CostService.CostServiceClient(nsw.Hub.Channel);
        var asked = new ListSavingsRequest { IncludeMissing = true, Filter = new CostFilter { Plan = plan } };
        Assert.Empty((await costs.ListSavingsAsync(asked, nsw.Owner)).Savings);
        var shown = (await nsw.Hub.Runs.GetRunAsync(new GetRunRequest { Name = name }, nsw.Owner)).Run;
        Assert.Equal(new CostingOptions().UnitCostSets, shown.UnitCostSetsGivenUp);
        var listed = (await nsw.Hub.Runs.ListRunsAsync(new ListRunsRequest(), nsw.Owner)).Runs;
        Assert.Equal(shown, listed.Single(r => r.Name == name));
        Assert.All(listed.Where(r => r.Name != name), r => Assert.Empty(r.UnitCostSetsGivenUp));

        var answer = await nsw.Hub.Runs.RestartCostingAsync(new RestartCostingRequest { Name = name }, nsw.Owner);

        Assert.Equal((name, RunState.Succeeded), (answer.Run.Name, answer.Run.State));
        Assert.Equal(new CostingOptions().UnitCostSets, answer.UnitCostSets);
        var waited = Stopwatch.StartNew();
        while ((await costs.ListSavingsAsync(asked, nsw.Owner)).Savings.Count < answer.UnitCostSets.Count)
        {
            Assert.True(waited.Elapsed < TestHub.Timeout, "No kronor appeared.");
            await Task.Delay(100, Cancel.Token);
        }

        Assert.Equal((StatusCode.FailedPrecondition, "COSTING_NOT_GIVEN_UP"), await RestartRefusedAsync(name, nsw.Owner));
        Assert.Empty((await nsw.Hub.Runs.GetRunAsync(new GetRunRequest { Name = name }, nsw.Owner)).Run.UnitCostSetsGivenUp);
    }

    [Fact]
    public async Task RestartCosting_ByTheWrongRoleOrTenant_IsRefused()
    {
        var run = (await nsw.Hub.Runs.ListRunsAsync(new ListRunsRequest { Plan = Plan }, nsw.Owner)).Runs[0].Name;

        Assert.Equal((StatusCode.PermissionDenied, "ROLE_MISSING"), await RestartRefusedAsync(run, await nsw.Hub.HeadersAsync(TestHub.NswOrganisation, Role.Submitter)));
        Assert.Equal((StatusCode.Unauthenticated, "CREDENTIALS_INVALID"), await RestartRefusedAsync(run, []));
        Assert.Equal((StatusCode.NotFound, "RUN_UNKNOWN"), await RestartRefusedAsync(run, await nsw.Hub.HeadersAsync("9911", Role.Analyst)));
        // A steward may, and learns that there is nothing to do.
        Assert.Equal((StatusCode.FailedPrecondition, "COSTING_NOT_GIVEN_UP"), await RestartRefusedAsync(run, await nsw.Hub.HeadersAsync("lab", Role.Steward)));
    }

    private async Task<(StatusCode Status, string? Reason)> RestartRefusedAsync(string run, Metadata headers)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(
            async () => await nsw.Hub.Runs.RestartCostingAsync(new RestartCostingRequest { Name = run }, headers));
        return (refused.StatusCode, refused.Reason());
    }

    private async Task<RpcException> RefusedAsync(StartRunRequest request, Metadata headers) =>
        await Assert.ThrowsAsync<RpcException>(async () => await nsw.Hub.Runs.StartRunAsync(request, headers));
}
