using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SiOutcomeLab.Protos.Audit.V1;
using SiOutcomeLab.Protos.Benchmarks.V1;
using SiOutcomeLab.Protos.Costs.V1;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Protos.Identity.V1;
using SiOutcomeLab.Protos.Intake.V1;
using SiOutcomeLab.Protos.Plans.V1;
using SiOutcomeLab.Protos.Runs.V1;

namespace SiOutcomeLab.Cli.Calls;

/// <summary>Lists of the hub, read to the last page.</summary>
internal static class Pages
{
    private const int Size = 200;

    public static IAsyncEnumerable<Effect> EffectsAsync(this HubConnection hub, EffectFilter filter, CancellationToken cancellationToken) =>
        hub.EffectsAsync(filter, null, cancellationToken);

    /// <summary>The current effects, or what has changed after a time.</summary>
    public static IAsyncEnumerable<Effect> EffectsAsync(
        this HubConnection hub, EffectFilter filter, Timestamp? from, CancellationToken cancellationToken) =>
        ReadAsync(
            token => hub.Effects.ListEffectsAsync(
                new ListEffectsRequest { Filter = filter, PageSize = Size, PageToken = token, FromTime = from }, hub.Options(cancellationToken)),
            page => (page.Effects, page.NextPageToken));

    public static IAsyncEnumerable<Benchmark> BenchmarksAsync(
        this HubConnection hub, BenchmarkFilter filter, CancellationToken cancellationToken) =>
        ReadAsync(
            token => hub.Benchmarks.ListBenchmarksAsync(
                new ListBenchmarksRequest { Filter = filter, PageSize = Size, PageToken = token }, hub.Options(cancellationToken)),
            page => (page.Benchmarks, page.NextPageToken));

    public static IAsyncEnumerable<CostBaseline> CostBaselinesAsync(
        this HubConnection hub, BaselineKind kind, CostFilter filter, CancellationToken cancellationToken) =>
        ReadAsync(
            token => hub.Costs.ListCostBaselinesAsync(
                new ListCostBaselinesRequest { Kind = kind, Filter = filter, PageSize = Size, PageToken = token }, hub.Options(cancellationToken)),
            page => (page.CostBaselines, page.NextPageToken));

    public static IAsyncEnumerable<Saving> SavingsAsync(
        this HubConnection hub, CostFilter filter, bool includeMissing, CancellationToken cancellationToken) =>
        ReadAsync(
            token => hub.Costs.ListSavingsAsync(
                new ListSavingsRequest { Filter = filter, IncludeMissing = includeMissing, PageSize = Size, PageToken = token },
                hub.Options(cancellationToken)),
            page => (page.Savings, page.NextPageToken));

    public static IAsyncEnumerable<UnitCost> UnitCostsAsync(this HubConnection hub, ListUnitCostsRequest request, CancellationToken cancellationToken) =>
        ReadAsync(
            token => hub.Costs.ListUnitCostsAsync(
                new ListUnitCostsRequest(request) { PageSize = Size, PageToken = token }, hub.Options(cancellationToken)),
            page => (page.UnitCosts, page.NextPageToken));

    public static IAsyncEnumerable<RegisteredPlan> PlansAsync(
        this HubConnection hub, string organisation, PlanState state, CancellationToken cancellationToken) =>
        ReadAsync(
            token => hub.Plans.ListPlansAsync(
                new ListPlansRequest { Organisation = organisation, State = state, PageSize = Size, PageToken = token }, hub.Options(cancellationToken)),
            page => (page.Plans, page.NextPageToken));

    public static IAsyncEnumerable<PlanDraft> DraftsAsync(this HubConnection hub, CancellationToken cancellationToken) =>
        ReadAsync(
            token => hub.Plans.ListDraftsAsync(new ListDraftsRequest { PageSize = Size, PageToken = token }, hub.Options(cancellationToken)),
            page => (page.Drafts, page.NextPageToken));

    public static IAsyncEnumerable<Run> RunsAsync(this HubConnection hub, string plan, CancellationToken cancellationToken) =>
        ReadAsync(
            token => hub.Runs.ListRunsAsync(
                new ListRunsRequest { Plan = plan, PageSize = Size, PageToken = token }, hub.Options(cancellationToken)),
            page => (page.Runs, page.NextPageToken));

    public static IAsyncEnumerable<Submission> SubmissionsAsync(this HubConnection hub, CancellationToken cancellationToken) =>
        ReadAsync(
            token => hub.Intake.ListSubmissionsAsync(
                new ListSubmissionsRequest { PageSize = Size, PageToken = token }, hub.Options(cancellationToken)),
            page => (page.Submissions, page.NextPageToken));

    public static IAsyncEnumerable<Upload> UploadsAsync(this HubConnection hub, CancellationToken cancellationToken) =>
        ReadAsync(
            token => hub.Intake.ListUploadsAsync(
                new ListUploadsRequest { PageSize = Size, PageToken = token }, hub.Options(cancellationToken)),
            page => (page.Uploads, page.NextPageToken));

    public static IAsyncEnumerable<RoleGrant> RolesAsync(this HubConnection hub, string organisation, CancellationToken cancellationToken) =>
        ReadAsync(
            token => hub.Identity.ListRolesAsync(
                new ListRolesRequest { Organisation = organisation, PageSize = Size, PageToken = token }, hub.Options(cancellationToken)),
            page => (page.Grants, page.NextPageToken));

    public static IAsyncEnumerable<AccessToken> AccessTokensAsync(this HubConnection hub, CancellationToken cancellationToken) =>
        ReadAsync(
            token => hub.Identity.ListAccessTokensAsync(
                new ListAccessTokensRequest { PageSize = Size, PageToken = token }, hub.Options(cancellationToken)),
            page => (page.Tokens, page.NextPageToken));

    /// <summary>Entries up to the last one that was there when it was asked for: each page asked for adds one.</summary>
    public static IAsyncEnumerable<AuditEntry> AuditEntriesAsync(
        this HubConnection hub, string organisation, long after, CancellationToken cancellationToken) =>
        ReadAsync(
            token => hub.Audit.ListAuditEntriesAsync(
                new ListAuditEntriesRequest { Organisation = organisation, AfterSequence = after, PageSize = Size, PageToken = token },
                hub.Options(cancellationToken)),
            page => (page.Entries, page.NextPageToken));

    private static async IAsyncEnumerable<TItem> ReadAsync<TPage, TItem>(
        Func<string, AsyncUnaryCall<TPage>> ask, Func<TPage, (IEnumerable<TItem> Items, string Next)> read)
    {
        var next = "";
        do
        {
            using var call = ask(next);
            (var items, next) = read(await call);
            foreach (var item in items) yield return item;
        }
        while (next.Length > 0);
    }
}
