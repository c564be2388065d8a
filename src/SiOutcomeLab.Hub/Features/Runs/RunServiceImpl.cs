using System.Globalization;
using Grpc.Core;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Hub.Features.Paging;
using SiOutcomeLab.Hub.Identity;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Protos.Runs.V1;
using SiOutcomeLab.Storage.Catalogue;
using Run = SiOutcomeLab.Domain.Runs.Run;
using RunState = SiOutcomeLab.Domain.Runs.RunState;

namespace SiOutcomeLab.Hub.Features.Runs;

/// <summary>Tells where runs stand, and makes their results again.</summary>
internal sealed class RunServiceImpl(IRunCatalogue runs, Reproduction reproduction, ReproductionTurn turn, TimeProvider time) : RunService.RunServiceBase
{
    private const string Kind = "runs";

    // A watcher sees each stage that lasts longer than this. The catalogue is asked rather than the worker: it may be in another process.
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(100);

    public override async Task<GetRunResponse> GetRun(GetRunRequest request, ServerCallContext context) =>
        new() { Run = RunMapping.ToWire(await FindAsync(request.Name, context)) };

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
            Runs = { items.Select(RunMapping.ToWire) },
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
            if (run.State is RunState.Succeeded or RunState.Failed or RunState.Obsolete) return;
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
