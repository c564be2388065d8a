using Grpc.Core;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Hub.Features.Runs;
using SiOutcomeLab.Hub.Identity;
using SiOutcomeLab.Pipelines.Changes;
using SiOutcomeLab.Protos.Explanations.V1;

namespace SiOutcomeLab.Hub.Features.Explaining;

/// <summary>Tells why a published number is what it is, to those whose it is.</summary>
internal sealed class ExplanationServiceImpl(
    EffectExplanations explanations,
    ChangeDecomposition changes,
    KronorChanges kronorChanges,
    ReproductionTurn turn) : ExplanationService.ExplanationServiceBase
{
    public override async Task<ExplainEffectResponse> ExplainEffect(ExplainEffectRequest request, ServerCallContext context)
    {
        var (caller, cancellationToken) = (context.Caller(), context.CancellationToken);
        var explanation = await explanations.FindAsync(request.Name, caller, cancellationToken)
            ?? throw new HubException(HubError.EffectUnknown, "There is no such effect among those you may have explained.");
        var effect = explanation.Effect;
        var response = ExplanationMapping.ToWire(explanation);
        if (await EarlierRunAsync(request, effect, caller, cancellationToken) is not { } earlier) return response;
        using var held = turn.TryTake()
            ?? throw new HubException(HubError.ReproductionBusy, "Another result is being made again; ask when it is done.");
        var answer = await changes.ExplainAsync(earlier, effect.RunId, cancellationToken) ?? throw NothingEarlier("since_effect");
        // The end of a day is the next one's first instant.
        DateOnly? stoodOn = request.SinceTime is { } since ? SwedishDay.Of(since.ToDateTimeOffset().AddTicks(-1)) : null;
        var kronor = await kronorChanges.ExplainAsync(earlier, effect.RunId, stoodOn, caller.Audience(), cancellationToken);
        response.Change = ExplanationMapping.ToWire(earlier, answer, kronor);
        return response;
    }

    // The run to compare with; null when none is asked for.
    private async Task<string?> EarlierRunAsync(ExplainEffectRequest request, ReleasedEffect effect, Caller caller, CancellationToken cancellationToken)
    {
        if (request.SinceEffect.Length == 0 && request.SinceTime is null) return null;
        if (request.SinceEffect.Length > 0 && request.SinceTime is not null) throw HubException.FieldInvalid("since_effect", "must be empty when since_time is set.");
        if (effect.Role != EstimateRole.Headline) throw HubException.FieldInvalid("name", "must be a headline effect when a change is asked for.");
        if (request.SinceTime is { } since)
        {
            var last = await explanations.LastResultAsync(effect.Plan, at => at <= since.ToDateTimeOffset(), cancellationToken);
            return last?.Id ?? throw NothingEarlier("since_time");
        }

        var earlier = await explanations.FindEffectAsync(request.SinceEffect, caller, cancellationToken);
        return earlier?.Value is { Role: EstimateRole.Headline } e && e.Plan.Id == effect.Plan.Id && e.RunId != effect.RunId
            ? e.RunId
            : throw NothingEarlier("since_effect");
    }

    private static HubException NothingEarlier(string field) => HubException.FieldInvalid(field, "must be of an earlier result of the same plan.");
}
