using SiOutcomeLab.Charts;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Hub.Web.Markup;
using SiOutcomeLab.Hub.Web.Words;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web.Effects;

/// <summary>Who was counted, step by step, for each of the two groups.</summary>
internal static class FlowSection
{
    public static Node Of(ReleasedEffect e, PageLanguage language)
    {
        if (e.Flow.Count == 0) return new Fragment();
        var (ours, theirs) = (language.Pick("Deltagare", "Participants"), language.Pick("Jämförelsepersoner", "Comparison persons"));
        var numbers = new ReleasedNumbers(language);
        var caption = language.Pick("Antal personer kvar efter varje steg", "Persons left after each step");
        var table = new DataTable(caption, language.Pick("Steg", "Step"), ours, theirs);
        foreach (var step in e.Flow)
        {
            table.Add(language.Pick(EffectWords.Of(step.Step)), numbers.Persons(step.Treated), numbers.Persons(step.Comparison));
        }

        return Section(
            "flow", language.Pick("Vilka som räknades", "Who was counted"),
            Div(
                Picture("flow-participants", ours, e.Flow, s => s.Treated, language),
                Picture("flow-comparison", theirs, e.Flow, s => s.Comparison, language))
                .With("class", "pair"),
            table.ToNode());
    }

    private static Node Picture(
        string id, string title, IReadOnlyList<ReleasedFlowStep> flow, Func<ReleasedFlowStep, Cell> countOf, PageLanguage language)
    {
        var numbers = new ReleasedNumbers(language);
        var steps = flow.Select(s => new Charts.FlowStep(
            language.Pick(EffectWords.Of(s.Step)), countOf(s).TryGet(out var count) ? (long)Math.Round(count) : null)
        {
            Gap = numbers.Persons(countOf(s)),
        });
        var finding = string.Join(", ", flow.Select(s => $"{language.Pick(EffectWords.Of(s.Step))}: {numbers.Persons(countOf(s))}")) + ".";
        return Figure.OfOneWidth(id, title, finding, language, frame => SampleFlow.Draw(new FlowData([.. steps]), frame));
    }
}
