using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Changes;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Hub.Web;
using SiOutcomeLab.Pipelines.Changes;
using SiOutcomeLab.Protos.Explanations.V1;
using ChangeSource = SiOutcomeLab.Protos.Explanations.V1.ChangeSource;
using Wire = SiOutcomeLab.Protos.Explanations.V1;

namespace SiOutcomeLab.Hub.Features.Explaining;

/// <summary>Explanations on the wire, made from releases and facts of the catalogue and from nothing else.</summary>
internal static class ExplanationMapping
{
    public static ExplainEffectResponse ToWire(EffectExplanation explanation)
    {
        var response = new ExplainEffectResponse { Name = explanation.Effect.Name };
        response.Steps.AddRange(ChainLinks.All.Select(link => new ExplanationStep
        {
            Link = (ExplanationLink)link,
            TextSv = explanation.Say(link, PageLanguage.Swedish),
            TextEn = explanation.Say(link, PageLanguage.English),
        }));
        return response;
    }

    public static EffectChange ToWire(string earlierRunId, ChangeAnswer answer, IReadOnlyList<Released<ReleasedKronorChange>> kronor)
    {
        var change = new EffectChange { FromRun = $"runs/{earlierRunId}", Obstacle = (Wire.ChangeObstacle)(answer.Obstacle ?? 0) };
        change.Kronor.AddRange(kronor.Select(KronorChangeMapping.ToWire));
        if (answer.Change?.Value is not { } released) return change;
        if (released.From.TryGet(out var from)) change.From = from;
        if (released.To.TryGet(out var to)) change.To = to;
        foreach (var part in released.Parts)
        {
            var wire = new ChangePart { Source = (ChangeSource)part.Source, Told = (Wire.ChangeTold)part.Told };
            if (part.Change is { } size) wire.Change = size;
            change.Parts.Add(wire);
        }

        return change;
    }
}
