using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Hub.Features.Paging;
using SiOutcomeLab.Hub.Identity;
using SiOutcomeLab.Protos.Plans.V1;
using SiOutcomeLab.Storage.Catalogue;
using EvaluationPlan = SiOutcomeLab.Protos.Plans.V1.EvaluationPlan;
using PlanDraft = SiOutcomeLab.Domain.Plans.PlanDraft;

namespace SiOutcomeLab.Hub.Features.Plans;

/// <summary>Drafts of plans: an organisation's own, and nobody else's.</summary>
internal sealed class PlanDrafts(IPlanCatalogue plans, TimeProvider time)
{
    private const string Kind = "drafts";
    private const int MostCharacters = 100_000;

    public async Task<SaveDraftResponse> SaveAsync(SaveDraftRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var plan = request.Plan ?? new EvaluationPlan();
        if (!CodeRule.IsValid(plan.Id)) throw HubException.FieldInvalid("plan.id", "must be 1–40 of a–z, 0–9, - and _, starting with a letter or digit.");
        caller.RequireOwn(new OrganisationId(plan.Organisation));
        var content = PlanLifeMapping.ContentOf(plan);
        if (content.Length > MostCharacters) throw HubException.FieldInvalid("plan", $"must be at most {MostCharacters} characters as JSON.");
        var draft = new PlanDraft(caller.Organisation, plan.Id, content, caller.Subject, time.GetUtcNow());
        await plans.SaveDraftAsync(draft, cancellationToken);
        return new SaveDraftResponse { Draft = PlanLifeMapping.ToWire(draft) };
    }

    public async Task<ListDraftsResponse> ListAsync(ListDraftsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var size = Page.Size(request.PageSize);
        var found = await plans.ListDraftsAsync(caller.Organisation, Page.Key(Kind, request.PageToken), size + 1, cancellationToken);
        var (items, hasMore) = Page.Cut(found, size);
        return new ListDraftsResponse
        {
            Drafts = { items.Select(PlanLifeMapping.ToWire) },
            NextPageToken = hasMore ? Page.Token(Kind, items[^1].Id) : string.Empty,
        };
    }

    public async Task<PlanDraft> FindAsync(string name, Caller caller, CancellationToken cancellationToken) =>
        (ResourceName.Id(Kind, name) is { } id ? await plans.FindDraftAsync(caller.Organisation, id, cancellationToken) : null) ?? throw Unknown();

    public async Task<DiscardDraftResponse> DiscardAsync(string name, Caller caller, CancellationToken cancellationToken) =>
        ResourceName.Id(Kind, name) is { } id && await plans.TryDiscardDraftAsync(caller.Organisation, id, cancellationToken)
            ? new DiscardDraftResponse()
            : throw Unknown();

    private static HubException Unknown() => new(HubError.DraftUnknown, "There is no such draft among your organisation's.");
}
