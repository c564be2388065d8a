using Grpc.Core;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Hub.Features.Runs;
using SiOutcomeLab.Hub.Identity;
using SiOutcomeLab.Pipelines.Changes;
using SiOutcomeLab.Protos.Explanations.V1;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Hub.Features.Explaining;

/// <summary>Tells why a published number is what it is, to those whose it is.</summary>
internal sealed class ExplanationServiceImpl(
    IReleaseStore releases,
    ICostReleases costs,
    IRunCatalogue runs,
    ISubmissionCatalogue submissions,
    ChangeDecomposition changes,
    ReproductionTurn turn) : ExplanationService.ExplanationServiceBase
{
    private const int MostCosts = 200;
    private const int MostRuns = 500;

    public override async Task<ExplainEffectResponse> ExplainEffect(ExplainEffectRequest request, ServerCallContext context)
    {
        var (caller, cancellationToken) = (context.Caller(), context.CancellationToken);
        var release = await FindAsync(request.Name, caller, cancellationToken)
            ?? throw new HubException(HubError.EffectUnknown, "There is no such effect among those you may have explained.");
        var effect = release.Value;
        var read = await submissions.InSnapshotAsync(effect.Lineage.SnapshotHash, cancellationToken) ?? [];
        var response = ExplanationMapping.ToWire(release, read, await CostsOfAsync(effect, caller, cancellationToken));
        if (await EarlierRunAsync(request, effect, caller, cancellationToken) is not { } earlier) return response;
        using var held = turn.TryTake()
            ?? throw new HubException(HubError.ReproductionBusy, "Another result is being made again; ask when it is done.");
        var answer = await changes.ExplainAsync(earlier, effect.RunId, cancellationToken) ?? throw NothingEarlier("since_effect");
        response.Change = ExplanationMapping.ToWire(earlier, answer);
        return response;
    }

    private async Task<Released<ReleasedEffect>?> FindAsync(string name, Caller caller, CancellationToken cancellationToken)
    {
        var found = name.Length is > 0 and <= 200 ? await releases.FindAsync(name, caller.Audience(), cancellationToken) : null;
        return found is not null && (found.Value.Plan.Organisation == caller.Organisation || caller.IsAny(Role.Steward)) ? found : null;
    }

    private async Task<IReadOnlyList<Released<ReleasedCosts>>> CostsOfAsync(ReleasedEffect effect, Caller caller, CancellationToken cancellationToken)
    {
        if (effect.Role != EstimateRole.Headline) return [];
        var found = await costs.ListAsync(new CostFilter { Subject = effect.Plan.Id }, caller.Audience(), null, MostCosts, cancellationToken);
        return [.. found.Where(c => c.Value.Plan?.RunId == effect.RunId)];
    }

    // The run to compare with; null when none is asked for.
    private async Task<string?> EarlierRunAsync(ExplainEffectRequest request, ReleasedEffect effect, Caller caller, CancellationToken cancellationToken)
    {
        if (request.SinceEffect.Length == 0 && request.SinceTime is null) return null;
        if (request.SinceEffect.Length > 0 && request.SinceTime is not null) throw HubException.FieldInvalid("since_effect", "must be empty when since_time is set.");
        if (effect.Role != EstimateRole.Headline) throw HubException.FieldInvalid("name", "must be a headline effect when a change is asked for.");
        if (request.SinceTime is { } since)
        {
            var found = await runs.ListAsync(effect.Plan.Organisation, effect.Plan.Id, null, MostRuns, cancellationToken);
            return found.Where(r => r.State == RunState.Succeeded && r.FinishedAt <= since.ToDateTimeOffset() && r.Id != effect.RunId)
                .MaxBy(r => r.FinishedAt)?.Id ?? throw NothingEarlier("since_time");
        }

        var earlier = await FindAsync(request.SinceEffect, caller, cancellationToken);
        return earlier?.Value is { Role: EstimateRole.Headline } e && e.Plan.Id == effect.Plan.Id && e.RunId != effect.RunId
            ? e.RunId
            : throw NothingEarlier("since_effect");
    }

    private static HubException NothingEarlier(string field) => HubException.FieldInvalid(field, "must be of an earlier result of the same plan.");
}
