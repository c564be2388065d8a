using Grpc.Core;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Hub.Features.Paging;
using SiOutcomeLab.Hub.Identity;
using SiOutcomeLab.Mapping;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Protos.Plans.V1;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Hub.Features.Plans;

/// <summary>Registers interventions and plans, and shows them to anybody.</summary>
internal sealed class PlanServiceImpl(IPlanCatalogue plans, PlanRegistration registration) : PlanService.PlanServiceBase
{
    private const string Kind = "plans";

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

    public override async Task<RegisterPlanResponse> RegisterPlan(RegisterPlanRequest request, ServerCallContext context)
    {
        var plan = PlanMapping.ToDomain(request.Plan);
        context.Caller().RequireOwn(plan.Organisation);
        var breaches = PlanRules.Breaches(plan).ToArray();
        if (breaches.Length > 0) throw HubException.FieldsInvalid(breaches);
        var outcome = await registration.RegisterAsync(plan, context.Caller().Subject, context.CancellationToken);
        if (outcome.IsInterventionUnknown)
        {
            throw new HubException(HubError.InterventionUnknown, "The plan's intervention is not registered; register it first.");
        }

        return outcome.Registered is { } registered
            ? new RegisterPlanResponse { Plan = PlanMapping.ToWire(registered) }
            : throw new HubException(HubError.PlanDiffers, "Another plan is registered under this identifier and version; an amendment is a new version.");
    }

    public override async Task<GetPlanResponse> GetPlan(GetPlanRequest request, ServerCallContext context)
    {
        var plan = ResourceName.Id(Kind, request.Name) is { } id
            ? await (request.Version == 0 ? plans.FindPlanAsync(id, context.CancellationToken) : plans.FindPlanAsync(id, request.Version, context.CancellationToken))
            : null;
        return plan is null ? throw new HubException(HubError.PlanUnknown, "There is no such plan.") : new GetPlanResponse { Plan = PlanMapping.ToWire(plan) };
    }

    public override async Task<ListPlansResponse> ListPlans(ListPlansRequest request, ServerCallContext context)
    {
        var size = Page.Size(request.PageSize);
        OrganisationId? organisation = request.Organisation.Length == 0 ? null : new OrganisationId(request.Organisation);
        var found = await plans.ListPlansAsync(organisation, Page.Key(Kind, request.PageToken), size + 1, context.CancellationToken);
        var (items, hasMore) = Page.Cut(found, size);
        return new ListPlansResponse
        {
            Plans = { items.Select(PlanMapping.ToWire) },
            NextPageToken = hasMore ? Page.Token(Kind, items[^1].Plan.Id) : string.Empty,
        };
    }
}
