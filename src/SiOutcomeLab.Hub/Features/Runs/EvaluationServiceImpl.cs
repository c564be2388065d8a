using System.Globalization;
using Grpc.Core;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Hub.Features.Paging;
using SiOutcomeLab.Hub.Identity;
using SiOutcomeLab.Pipelines.Costing;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Pipelines.Scheduling;
using SiOutcomeLab.Protos.Runs.V1;
using SiOutcomeLab.Storage.Catalogue;
using Run = SiOutcomeLab.Domain.Runs.Run;
using RunState = SiOutcomeLab.Domain.Runs.RunState;

namespace SiOutcomeLab.Hub.Features.Runs;

/// <summary>Starts and cancels runs, tells where they stand, and makes their results again.</summary>
internal sealed class EvaluationServiceImpl(
    IRunCatalogue runs,
    IPlanCatalogue plans,
    RunStarts starts,
    CostingRestart costing,
    DueRunsCall due,
    Reproduction reproduction,
    ReproductionTurn turn,
    TimeProvider time)
    : EvaluationService.EvaluationServiceBase
{
    private const string Kind = "runs";

    // A watcher sees each stage that lasts longer than this. The catalogue is asked rather than the worker: it may be in another process.
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(100);

    public override async Task<StartRunResponse> StartRun(StartRunRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var plan = request.Plan.Length is > 0 and <= 200 ? await plans.FindPlanAsync(request.Plan, context.CancellationToken) : null;
        if (plan is null || (plan.Plan.Organisation != caller.Organisation && !caller.IsAny(Role.Steward)))
        {
            throw new HubException(HubError.PlanUnknown, "There is no such plan among those you may run.");
        }

        Admission.Of(context).Resource = "plans/" + plan.Plan.Id;
        var looks = plan.Plan.Looks.Count;
        if (request.Look < 0 || request.Look > looks) throw HubException.FieldInvalid("look", $"must be 0 to {looks}: the plan has {(looks == 1 ? "1 look" : $"{looks} looks")}.");
        var start = await starts.StartAsync(plan, request.Look == 0 ? null : request.Look, context.CancellationToken);
        if (start.Problem is { } problem) throw Refusal(problem);
        await due.LookNowAsync(context.CancellationToken);
        return new StartRunResponse { Run = RunMapping.ToWire(start.Run!) };
    }

    public override async Task<CancelRunResponse> CancelRun(CancelRunRequest request, ServerCallContext context)
    {
        var run = await FindAsync(request.Name, context);
        var cancelled = await runs.CancelAsync(run.Id, time.GetUtcNow(), context.CancellationToken);
        return cancelled is { State: RunState.Cancelled }
            ? new CancelRunResponse { Run = RunMapping.ToWire(cancelled) }
            : throw new HubException(HubError.RunEnded, "The run has ended; there is nothing to cancel.");
    }

    public override async Task<RestartCostingResponse> RestartCosting(RestartCostingRequest request, ServerCallContext context)
    {
        var run = await FindAsync(request.Name, context);
        var sets = await costing.RestartAsync(run.Id, context.CancellationToken);
        if (sets.Count == 0)
        {
            throw new HubException(
                HubError.CostingNotGivenUp, "The run's kronor are there or on their way, or a later result has taken its place; there is nothing to do anew.");
        }

        await due.LookForCostsNowAsync(context.CancellationToken);
        return new RestartCostingResponse { Run = RunMapping.ToWire(run), UnitCostSets = { sets } };
    }

    public override async Task<GetRunResponse> GetRun(GetRunRequest request, ServerCallContext context) =>
        new() { Run = (await ToldAsync([await FindAsync(request.Name, context)], context.CancellationToken))[0] };

    public override async Task<ListRunsResponse> ListRuns(ListRunsRequest request, ServerCallContext context)
    {
        var size = Page.Size(request.PageSize);
        var caller = context.Caller();
        OrganisationId? organisation = caller.IsAny(Role.Steward) ? null : caller.Organisation;
        var found = await runs.ListAsync(
            organisation, request.Plan.Length == 0 ? null : request.Plan, Cursor(request.PageToken), size + 1, context.CancellationToken);
        var (items, hasMore) = Page.Cut(found, size);
        return new ListRunsResponse
        {
            Runs = { await ToldAsync(items, context.CancellationToken) },
            NextPageToken = hasMore ? Page.Token(Kind, $"{items[^1].QueuedAt:O} {items[^1].Id}") : string.Empty,
        };
    }

    public override async Task WatchRun(WatchRunRequest request, IServerStreamWriter<WatchRunResponse> responseStream, ServerCallContext context)
    {
        var cancellationToken = context.CancellationToken;
        Run? told = null;
        while (true)
        {
            var run = await FindAsync(request.Name, context);
            if (run != told) await responseStream.WriteAsync(new WatchRunResponse { Run = RunMapping.ToWire(run) }, cancellationToken);
            told = run;
            if (run.HasEnded) return;
            await Task.Delay(WatchInterval, time, cancellationToken);
        }
    }

    public override async Task<ReproduceRunResponse> ReproduceRun(ReproduceRunRequest request, ServerCallContext context)
    {
        var run = await FindAsync(request.Name, context);
        using var held = turn.TryTake()
            ?? throw new HubException(HubError.ReproductionBusy, "Another result is being made again; try when it is done.");
        var answer = await reproduction.ReproduceAsync(run.Id, context.CancellationToken)
            ?? throw new HubException(HubError.RunUnknown, "There is no such run with a result among those you may see.");
        return RunMapping.ToWire(answer);
    }

    // With what only the log would tell otherwise: that no kronor will come until somebody asks for them.
    private async Task<IReadOnlyList<Protos.Runs.V1.Run>> ToldAsync(IReadOnlyList<Run> found, CancellationToken cancellationToken)
    {
        var givenUp = await costing.GivenUpAsync([.. found.Where(r => r.State == RunState.Succeeded).Select(r => r.Id)], cancellationToken);
        return
        [
            .. found.Select(run =>
            {
                var wire = RunMapping.ToWire(run);
                wire.UnitCostSetsGivenUp.AddRange(givenUp[run.Id]);
                return wire;
            }),
        ];
    }

    private static HubException Refusal(RunStartProblem problem) => problem switch
    {
        RunStartProblem.FollowUpMissing => new HubException(
            HubError.FollowUpMissing, "The follow-up of the plan's own organisation does not reach the look's horizon yet; send it first."),
        RunStartProblem.PlanClosed => new HubException(HubError.PlanClosed, "The plan is closed and runs no more."),
        _ => new HubException(HubError.LookNotDue, "The look is not due yet, or a later one has been made; name the look that is due."),
    };

    private static RunCursor? Cursor(string token)
    {
        if (Page.Key(Kind, token) is not { } key) return null;
        var parts = key.Split(' ');
        return parts.Length == 2 && DateTimeOffset.TryParseExact(parts[0], "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var queuedAt)
            ? new RunCursor(queuedAt, parts[1])
            : throw HubException.FieldInvalid("page_token", "must be the next_page_token of the page before, in the same list.");
    }

    private async Task<Run> FindAsync(string name, ServerCallContext context)
    {
        var caller = context.Caller();
        var run = ResourceName.Id(Kind, name) is { } id ? await runs.FindAsync(id, context.CancellationToken) : null;
        return run is not null && (run.Organisation == caller.Organisation || caller.IsAny(Role.Steward))
            ? run
            : throw new HubException(HubError.RunUnknown, "There is no such run among those you may see.");
    }
}
