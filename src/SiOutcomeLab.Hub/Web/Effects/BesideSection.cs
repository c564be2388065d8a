using SiOutcomeLab.Charts;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Hub.Web.Markup;
using SiOutcomeLab.Hub.Web.Words;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web.Effects;

/// <summary>What the same run estimated beside an effect: drawn where it is the same outcome, and in a table whatever it is.</summary>
internal static class BesideSection
{
    public static Node Of(ReleasedEffect effect, IReadOnlyList<ReleasedEffect> ofRun, PageLanguage language)
    {
        if (ofRun.Count < 2) return new Fragment();
        var sameOutcome = ofRun.Where(e => e.Outcome == effect.Outcome).ToArray();
        return Section(
            "beside", language.Pick("Skattningarna bredvid", "The estimates beside it"),
            P(language.Pick(
                "Samma körning, med andra sätt att skatta, andra utfall eller delgrupper. Pekar de åt samma håll hänger resultatet inte på ett val.",
                "The same run, with other ways to estimate, other outcomes or subgroups. When they point the same way, the result does not hang on one choice.")),
            sameOutcome.Length < 2 ? new Fragment() : Picture(effect, sameOutcome, language),
            Table(effect, ofRun, language));
    }

    private static Node Picture(ReleasedEffect effect, ReleasedEffect[] sameOutcome, PageLanguage language)
    {
        var words = ReleasedNumbers.WordsOf(effect.Outcome.Measure);
        var numbers = new ReleasedNumbers(language);
        var rows = sameOutcome.Select(e =>
            new ForestRow(Label(e, language), ReleasedNumbers.ForPicture(e.Estimate, words)) { Gap = Gap(e, language) });
        var title = language.Pick(PlanWords.Of(effect.Outcome, effect.Plan.PeriodLength));
        var finding = string.Join(". ", sameOutcome.Select(e => $"{Label(e, language)}: {Told(e, numbers, language)}")) + ".";
        var decimals = sameOutcome.Max(e => e.Estimate is { } estimate ? ReleasedNumbers.Decimals(estimate, words) : 0);
        var axis = language.Pick($"Skillnad mot utan insatsen, {numbers.Unit(words)}",
            $"Difference from without it, {numbers.Unit(words)}");
        return Figure.Of("forest", title, finding, language, frame =>
            ForestPlot.Draw(new ForestData([.. rows], axis) { Decimals = decimals }, frame));
    }

    private static Node Table(ReleasedEffect effect, IReadOnlyList<ReleasedEffect> ofRun, PageLanguage language)
    {
        var numbers = new ReleasedNumbers(language);
        // One outcome is told by the page already, and takes a telephone's width from the numbers.
        var isOneOutcome = ofRun.All(e => e.Outcome == effect.Outcome);
        string[] columns =
        [
            language.Pick("Skattning", "Estimate"), .. isOneOutcome ? [] : new[] { language.Pick("Utfall", "Outcome") },
            language.Pick("Effekt och intervall", "Effect and interval"),
        ];
        var table = new DataTable(language.Pick("Alla skattningar i körningen", "All estimates of the run"), columns);
        foreach (var e in ofRun)
        {
            Node label = Label(e, language);
            Node head = e.Name == effect.Name ? new Fragment(label, language.Pick(" (denna sida)", " (this page)")) : A(language.Href("/" + e.Name), label);
            Node outcome = language.Pick(PlanWords.Of(e.Outcome, e.Plan.PeriodLength));
            Node told = Told(e, numbers, language);
            table.Add(head, isOneOutcome ? [told] : [outcome, told]);
        }

        return table.ToNode();
    }

    private static string Told(ReleasedEffect e, ReleasedNumbers numbers, PageLanguage language)
    {
        var words = ReleasedNumbers.WordsOf(e.Outcome.Measure);
        return e.Estimate is { } estimate ? $"{numbers.PointAndInterval(estimate, words)} {numbers.Unit(words)}" : Gap(e, language);
    }

    private static string Gap(ReleasedEffect e, PageLanguage language) => language.Pick(EffectWords.Of(e.Status));

    private static string Label(ReleasedEffect e, PageLanguage language)
    {
        var told = e.Label is { } label ? language.Pick(Names.Part(e.Division, label, e.Plan.PeriodLength))
            : language.Pick(Estimators.Of(e.Estimator).Name);
        if (LookWords.HasRepeatedInterval(e)) told += language.Pick(", upprepat intervall", ", repeated interval");
        if (e.Pool is { } pool) told += ", " + language.Pick(EffectWords.Of(pool));
        return $"{language.Pick(EffectWords.Of(e.Role))}: {told}";
    }
}
