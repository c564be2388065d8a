using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Changes;
using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Hub.Web;
using SiOutcomeLab.Pipelines.Changes;
using SiOutcomeLab.Protos.Explanations.V1;
using Wire = SiOutcomeLab.Protos.Explanations.V1;

namespace SiOutcomeLab.Hub.Features.Explaining;

/// <summary>Explanations on the wire, made from releases and facts of the catalogue and from nothing else.</summary>
internal static class ExplanationMapping
{
    public static ExplainEffectResponse ToWire(
        Released<ReleasedEffect> release, IReadOnlyList<Submission> submissions, IReadOnlyList<Released<ReleasedCosts>> costs)
    {
        var e = release.Value;
        IReadOnlyList<ReleasedCosts> kronor = [.. costs.Select(c => c.Value)];
        return new ExplainEffectResponse
        {
            Name = e.Name,
            Steps =
            {
                Step(ExplanationLink.Rows, l => ExplanationWords.Rows(e, submissions, l)),
                Step(ExplanationLink.Plan, l => ExplanationWords.Plan(e, l)),
                Step(ExplanationLink.Persons, l => ExplanationWords.Persons(e, l)),
                Step(ExplanationLink.Comparison, l => ExplanationWords.Comparison(e, l)),
                Step(ExplanationLink.Balance, l => ExplanationWords.Balance(e, l)),
                Step(ExplanationLink.Estimate, l => ExplanationWords.Estimate(e, l)),
                Step(ExplanationLink.Gate, l => ExplanationWords.Gate(release.RuleVersion, l)),
                Step(ExplanationLink.Kronor, l => ExplanationWords.Kronor(kronor, l)),
                Step(ExplanationLink.Computation, l => ExplanationWords.Computation(e, l)),
            },
        };
    }

    public static EffectChange ToWire(string earlierRunId, ChangeAnswer answer)
    {
        var change = new EffectChange { FromRun = $"runs/{earlierRunId}", Obstacle = (Wire.ChangeObstacle)(answer.Obstacle ?? 0) };
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

    private static ExplanationStep Step(ExplanationLink link, Func<PageLanguage, string> say) =>
        new() { Link = link, TextSv = say(PageLanguage.Swedish), TextEn = say(PageLanguage.English) };
}
