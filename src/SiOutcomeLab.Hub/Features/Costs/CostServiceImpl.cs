using Grpc.Core;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Economics.Costs;
using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Hub.Features.Paging;
using SiOutcomeLab.Hub.Identity;
using SiOutcomeLab.Protos.Costs.V1;
using SiOutcomeLab.Storage.Catalogue;
using BaselineKind = SiOutcomeLab.Economics.Costs.BaselineKind;
using CostFilter = SiOutcomeLab.Storage.Catalogue.CostFilter;
using WireKind = SiOutcomeLab.Protos.Costs.V1.BaselineKind;

namespace SiOutcomeLab.Hub.Features.Costs;

/// <summary>
/// Serves kronor that have passed the gate, and the register that they are counted with. It holds the releases and nothing that could reach
/// behind them.
/// </summary>
internal sealed class CostServiceImpl(ICostReleases releases, CostQuestion question, UnitCostList unitCosts) : CostService.CostServiceBase
{
    public override async Task<GetCostBaselineResponse> GetCostBaseline(GetCostBaselineRequest request, ServerCallContext context)
    {
        foreach (var kind in System.Enum.GetValues<BaselineKind>())
        {
            if (CostNames.Cut(request.Name) is not { } cut || cut.Part != CostNames.PartOf(kind)) continue;
            var found = await FindAsync(cut.Costs, context);
            if (found is null || CostMapping.MoneyOf(found.Value, kind) is null) break;
            var standing = await StandingAsync([found], context.CancellationToken);
            return new GetCostBaselineResponse { CostBaseline = CostMapping.ToBaseline(found, kind, standing(found)) };
        }

        throw Unknown(request.Name, "target-group");
    }

    public override async Task<ListCostBaselinesResponse> ListCostBaselines(ListCostBaselinesRequest request, ServerCallContext context)
    {
        if (request.Kind is not (WireKind.TargetGroup or WireKind.Counterfactual))
        {
            throw HubException.FieldInvalid("kind", "must be one of the two kinds of baseline; they are never mixed.");
        }

        var kind = (BaselineKind)request.Kind;
        var part = kind == BaselineKind.TargetGroup ? CostPart.TargetGroup : CostPart.Counterfactual;
        var filter = await question.ReadAsync(request.Filter, context.CancellationToken) with { Part = part };
        var (items, next) = await ListAsync($"costs {CostNames.PartOf(kind)}", filter, request.PageSize, request.PageToken, context);
        var standing = await StandingAsync(items, context.CancellationToken);
        return new ListCostBaselinesResponse
        {
            CostBaselines = { items.Select(r => CostMapping.ToBaseline(r, kind, standing(r))) },
            NextPageToken = next,
        };
    }

    public override async Task<GetSavingResponse> GetSaving(GetSavingRequest request, ServerCallContext context)
    {
        var found = CostNames.Cut(request.Name) is { Part: CostNames.Saving } cut ? await FindAsync(cut.Costs, context) : null;
        if (found?.Value.Plan is null) throw Unknown(request.Name, CostNames.Saving);
        var standing = await StandingAsync([found], context.CancellationToken);
        return new GetSavingResponse { Saving = CostMapping.ToSaving(found, standing(found)) };
    }

    public override async Task<ListSavingsResponse> ListSavings(ListSavingsRequest request, ServerCallContext context)
    {
        var part = request.IncludeMissing ? CostPart.Plan : CostPart.Saving;
        var filter = await question.ReadAsync(request.Filter, context.CancellationToken) with { Part = part };
        var (items, next) = await ListAsync("costs saving", filter, request.PageSize, request.PageToken, context);
        var standing = await StandingAsync(items, context.CancellationToken);
        return new ListSavingsResponse { Savings = { items.Select(r => CostMapping.ToSaving(r, standing(r))) }, NextPageToken = next };
    }

    public override Task<ListUnitCostsResponse> ListUnitCosts(ListUnitCostsRequest request, ServerCallContext context) =>
        Task.FromResult(unitCosts.List(request));

    public override Task<CompareUnitCostsResponse> CompareUnitCosts(CompareUnitCostsRequest request, ServerCallContext context) =>
        Task.FromResult(unitCosts.Compare(request));

    private Task<Released<ReleasedCosts>?> FindAsync(string name, ServerCallContext context) =>
        releases.FindAsync(name, context.Caller().Audience(), context.CancellationToken);

    private async Task<(IReadOnlyList<Released<ReleasedCosts>> Items, string NextToken)> ListAsync(
        string kind, CostFilter filter, int pageSize, string pageToken, ServerCallContext context)
    {
        var size = Page.Size(pageSize);
        var after = Page.Key(kind, pageToken);
        var found = await releases.ListAsync(filter, context.Caller().Audience(), after, size + 1, context.CancellationToken);
        var (items, hasMore) = Page.Cut(found, size);
        return (items, hasMore ? Page.Token(kind, items[^1].Value.Name) : string.Empty);
    }

    private async Task<Func<Released<ReleasedCosts>, DataStanding>> StandingAsync(
        IReadOnlyList<Released<ReleasedCosts>> found, CancellationToken cancellationToken)
    {
        var standing = await releases.StandingAsync([.. found.Select(r => r.Value.Name)], cancellationToken);
        return r => standing.GetValueOrDefault(r.Value.Name, DataStanding.Current);
    }

    // What cannot be one of the hub's names is not repeated.
    private static HubException Unknown(string name, string part)
    {
        var id = CostNames.Cut(name) is { } cut ? ResourceName.Id(CostNames.Kind, cut.Costs) : null;
        return id is { Length: <= 160 } && id.Split('-').All(CodeRule.IsValid)
            ? new(HubError.CostsUnknown, $"There are no kronor {name} among those you may see.", new Dictionary<string, string> { ["name"] = name })
            : new(HubError.CostsUnknown, $"There are no such kronor among those you may see; a name reads {CostNames.Kind}/, an identifier, and /{part}.");
    }
}
