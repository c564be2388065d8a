using Grpc.Core;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Hub.Features.Paging;
using SiOutcomeLab.Hub.Features.Runs;
using SiOutcomeLab.Hub.Identity;
using SiOutcomeLab.Mapping;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Pipelines.Feasibility;
using SiOutcomeLab.Protos.Plans.V1;
using SiOutcomeLab.Storage.Catalogue;
using EvaluationPlan = SiOutcomeLab.Domain.Plans.EvaluationPlan;
using PlanClosing = SiOutcomeLab.Domain.Plans.PlanClosing;
using PlanDraft = SiOutcomeLab.Domain.Plans.PlanDraft;
using PlanState = SiOutcomeLab.Domain.Plans.PlanState;
using RegisteredPlan = SiOutcomeLab.Protos.Plans.V1.RegisteredPlan;

namespace SiOutcomeLab.Hub.Features.Plans;

/// <summary>Registers interventions and plans, follows plans from draft to close, and shows them to anybody.</summary>
internal sealed class PlanServiceImpl(
    IPlanCatalogue plans,
    IRunCatalogue runs,
    PlanDrafts drafts,
    PlanRegistration registration,
    FeasibilityAssessment feasibility,
    ReproductionTurn turn,
    TimeProvider time) : PlanService.PlanServiceBase
{
    private const string Kind = "plans";
    private const int LongestReason = 1000;
    private const int MostParticipants = 1_000_000;

    public override async Task<RegisterInterventionResponse> RegisterIntervention(RegisterInterventionRequest request, ServerCallContext context)
    {
        var intervention = InterventionMapping.ToDomain(request.Intervention);
        context.Caller().RequireOwn(intervention.Organisation);
        return await plans.TryRegisterInterventionAsync(intervention, context.CancellationToken)
            ? new RegisterInterventionResponse { Intervention = InterventionMapping.ToWire(intervention) }
            : throw new HubException(HubError.InterventionDiffers, "Another intervention is registered under this code; choose another code.");
    }

    public override async Task<ListInterventionsResponse> ListInterventions(ListInterventionsRequest request, ServerCallContext context)
    {
        OrganisationId? organisation = request.Organisation.Length == 0 ? null : new OrganisationId(request.Organisation);
        var found = await plans.ListInterventionsAsync(organisation, context.CancellationToken);
        return new ListInterventionsResponse { Interventions = { found.Select(InterventionMapping.ToWire) } };
    }

    public override Task<SaveDraftResponse> SaveDraft(SaveDraftRequest request, ServerCallContext context) =>
        drafts.SaveAsync(request, context.Caller(), context.CancellationToken);

    public override async Task<GetDraftResponse> GetDraft(GetDraftRequest request, ServerCallContext context) =>
        new() { Draft = PlanLifeMapping.ToWire(await drafts.FindAsync(request.Name, context.Caller(), context.CancellationToken)) };

    public override Task<ListDraftsResponse> ListDrafts(ListDraftsRequest request, ServerCallContext context) =>
        drafts.ListAsync(request, context.Caller(), context.CancellationToken);

    public override Task<DiscardDraftResponse> DiscardDraft(DiscardDraftRequest request, ServerCallContext context) =>
        drafts.DiscardAsync(request.Name, context.Caller(), context.CancellationToken);

    public override async Task<AssessFeasibilityResponse> AssessFeasibility(AssessFeasibilityRequest request, ServerCallContext context)
    {
        var (sent, _) = await SentAsync(request.Plan, request.Draft, context);
        int? participants = request.HasParticipants ? request.Participants : null;
        if (participants is < 2 or > MostParticipants) throw HubException.FieldInvalid("participants", $"must be 2–{MostParticipants}.");
        var plan = RegistrationDemands.ReadUnfinished(sent);
        using var held = turn.TryTake()
            ?? throw new HubException(HubError.ReproductionBusy, "Another such question is being worked on; ask again when it is done.");
        var answer = await feasibility.AssessAsync(plan, participants, context.CancellationToken) ?? throw InterventionUnknown();
        return new AssessFeasibilityResponse { Feasibility = FeasibilityMapping.ToWire(answer) };
    }

    public override async Task<RegisterPlanResponse> RegisterPlan(RegisterPlanRequest request, ServerCallContext context)
    {
        var (sent, draft) = await SentAsync(request.Plan, request.Draft, context);
        var problems = RegistrationDemands.Problems(sent, out var plan);
        if (plan is null || (problems.Count > 0 && !await StandsAsync(plan, context.CancellationToken))) throw new FieldsInvalidException(problems);
        return new RegisterPlanResponse { Plan = await RegisterAsync(plan, draft, context) };
    }

    public override async Task<AmendPlanResponse> AmendPlan(AmendPlanRequest request, ServerCallContext context)
    {
        if (request.Plan is null) throw HubException.FieldInvalid("plan", "must be present.");
        context.Caller().RequireOwn(new OrganisationId(request.Plan.Organisation));
        RequireReason(request.Reason);
        var latest = await plans.FindPlanAsync(request.Plan.Id, context.CancellationToken) ?? throw Unknown();
        var changed = request.Plan.Clone();
        (changed.Version, changed.AmendmentReason) = (latest.Plan.Version + 1, request.Reason);
        var plan = PlanRegistration.AmendmentOf(RegistrationDemands.Read(changed), latest.Plan, request.Reason);
        return new AmendPlanResponse { Plan = await RegisterAsync(plan, null, context) };
    }

    public override async Task<ClosePlanResponse> ClosePlan(ClosePlanRequest request, ServerCallContext context)
    {
        var plan = (await FindAsync(request.Name, null, context.CancellationToken)).Registered.Plan;
        context.Caller().RequireOwn(plan.Organisation);
        RequireReason(request.Reason);
        await plans.TryCloseAsync(plan.Id, new PlanClosing(request.Reason, context.Caller().Subject, time.GetUtcNow()), context.CancellationToken);
        return new ClosePlanResponse { Plan = PlanLifeMapping.ToWire(await FindAsync(request.Name, null, context.CancellationToken)) };
    }

    public override async Task<GetPlanResponse> GetPlan(GetPlanRequest request, ServerCallContext context)
    {
        var standing = await FindAsync(request.Name, request.Version == 0 ? null : request.Version, context.CancellationToken);
        var (registered, caller) = (standing.Registered, context.Caller());
        var isOwn = registered.Plan.Organisation == caller.Organisation || caller.IsAny(Role.Steward);
        var entries = await runs.AlphaEntriesAsync(registered, context.CancellationToken);
        return new GetPlanResponse
        {
            Plan = PlanLifeMapping.ToWire(standing),
            RegisteredBy = isOwn ? registered.RegisteredBy : string.Empty,
            Ledger = PlanLifeMapping.ToWire(AlphaLedgers.Of(registered.Plan, entries)),
        };
    }

    public override async Task<ListPlansResponse> ListPlans(ListPlansRequest request, ServerCallContext context)
    {
        var size = Page.Size(request.PageSize);
        if (!Enum.IsDefined(request.State)) throw HubException.FieldInvalid("state", "must be one of the named states.");
        OrganisationId? organisation = request.Organisation.Length == 0 ? null : new OrganisationId(request.Organisation);
        PlanState? state = request.State == 0 ? null : (PlanState)request.State;
        var found = await plans.ListStandingsAsync(organisation, state, Page.Key(Kind, request.PageToken), size + 1, context.CancellationToken);
        var (items, hasMore) = Page.Cut(found, size);
        return new ListPlansResponse
        {
            Plans = { items.Select(PlanLifeMapping.ToWire) },
            NextPageToken = hasMore ? Page.Token(Kind, items[^1].Registered.Plan.Id) : string.Empty,
        };
    }

    private async Task<RegisteredPlan> RegisterAsync(EvaluationPlan plan, PlanDraft? draft, ServerCallContext context)
    {
        var cancellationToken = context.CancellationToken;
        if (plan.Version > 1 && await plans.FindPlanAsync(plan.Id, plan.Version - 1, cancellationToken) is null)
        {
            throw HubException.FieldInvalid("version", "must follow the latest registered version.");
        }

        try
        {
            var outcome = await registration.RegisterAsync(plan, draft, context.Caller().Subject, cancellationToken);
            if (outcome.IsInterventionUnknown) throw InterventionUnknown();
            return outcome.Registered is { } registered
                ? PlanLifeMapping.ToWire(await FindAsync($"{Kind}/{plan.Id}", registered.Plan.Version, cancellationToken))
                : throw new HubException(HubError.PlanDiffers, "Another plan is registered under this identifier and version; an amendment is a new version.");
        }
        catch (PlanClosedException)
        {
            throw new HubException(HubError.PlanClosed, "The plan is closed and gets no more versions; register another plan.");
        }
        catch (DraftChangedException)
        {
            throw new HubException(HubError.DraftChanged, "The draft has been changed since it was read; look at it and register it again.");
        }
    }

    // Registered as it is, when less was demanded: sent again it is what it was, and it is run as it was.
    private async Task<bool> StandsAsync(EvaluationPlan plan, CancellationToken cancellationToken) =>
        await plans.FindPlanAsync(plan.Id, plan.Version, cancellationToken) is { } standing && standing.Hash == PlanHash.Of(plan);

    // What a call is about: a plan that it carries, or a draft that it names.
    private async Task<(Protos.Plans.V1.EvaluationPlan Plan, PlanDraft? Draft)> SentAsync(
        Protos.Plans.V1.EvaluationPlan? plan, string draftName, ServerCallContext context)
    {
        if ((plan is null) == (draftName.Length == 0)) throw HubException.FieldInvalid("plan", "must be present, or else draft; not both.");
        var draft = plan is null ? await drafts.FindAsync(draftName, context.Caller(), context.CancellationToken) : null;
        var sent = draft is null ? plan! : PlanLifeMapping.PlanOf(draft);
        context.Caller().RequireOwn(new OrganisationId(sent.Organisation));
        return (sent, draft);
    }

    private async Task<PlanStanding> FindAsync(string name, int? version, CancellationToken cancellationToken) =>
        (ResourceName.Id(Kind, name) is { } id ? await plans.FindStandingAsync(id, version, cancellationToken) : null) ?? throw Unknown();

    private static HubException InterventionUnknown() =>
        new(HubError.InterventionUnknown, "The plan's intervention is not registered; register it first.");

    private static HubException Unknown() => new(HubError.PlanUnknown, "There is no such plan.");

    private static void RequireReason(string reason)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason) throw HubException.FieldInvalid("reason", $"must be 1–{LongestReason} characters.");
    }
}
