using SiOutcomeLab.Charts;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Hub.Web.Markup;
using SiOutcomeLab.Hub.Web.Words;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web.Effects;

/// <summary>How alike the groups were before and after they were made comparable, judged before the outcome was read.</summary>
internal static class BalanceSection
{
    public static Node Of(ReleasedEffect e, PageLanguage language)
    {
        if (e.Diagnostics is not { } diagnostics) return new Fragment();
        var length = e.Plan.PeriodLength;
        var numbers = new ReleasedNumbers(language);
        var title = language.Pick("Skillnad mellan grupperna före starten", "Differences between the groups before the start");
        var told = new List<Node>
        {
            language.Pick(EffectWords.Of(diagnostics.Verdict)),
            language.Pick(
                $"Största skillnaden: {numbers.Text(diagnostics.LargestSmdBefore, 2)} före och {numbers.Text(diagnostics.LargestSmdAfter, 2)} efter att grupperna gjordes lika.",
                $"The largest difference: {numbers.Text(diagnostics.LargestSmdBefore, 2)} before and {numbers.Text(diagnostics.LargestSmdAfter, 2)} after the groups were made alike."),
        };
        if (diagnostics.Failing.Count > 0)
        {
            var names = string.Join(", ", diagnostics.Failing.Select(c => language.Pick(Names.Column(c, length))));
            told.Add(language.Pick($"Skiljer sig mest: {names}.", $"Differ most: {names}."));
        }

        if (diagnostics.OverlapCoefficient is { } overlap)
        {
            told.Add(language.Pick(
                $"Överlapp mellan gruppernas sannolikhet att delta: {numbers.Text(overlap, 2)} av 1.",
                $"Overlap of the groups’ probabilities of taking part: {numbers.Text(overlap, 2)} of 1."));
        }

        if (diagnostics.EquipoiseShare is { } equipoise)
        {
            told.Add(language.Pick(
                $"Andel som lika gärna kunde ha varit med som inte: {numbers.Share(equipoise)}.",
                $"Share that could as well have taken part as not: {numbers.Share(equipoise)}."));
        }

        return Section(
            "balance", language.Pick("Hur lika grupperna är", "How alike the groups are"),
            P(language.Pick("Granskat innan utfallet lästes.", "Judged before the outcome was read.")),
            Ul([.. told.Select(t => (Node)Li(t))]),
            diagnostics.Balance.Count == 0 ? new Fragment() : Picture(title, diagnostics, length, language),
            diagnostics.Balance.Count == 0 ? new Fragment() : Table(title, diagnostics, length, language),
            OverlapFigure.Of(e, language));
    }

    private static Node Picture(string title, ReleasedDiagnostics diagnostics, PeriodLength length, PageLanguage language)
    {
        var numbers = new ReleasedNumbers(language);
        var rows = diagnostics.Balance.Select(b => new LoveRow(
            language.Pick(Names.Column(b.Covariate, length)), Shown(b.SmdBefore), Shown(b.SmdAfter), b.SmdBefore.IsShown ? null
                : numbers.Text(b.SmdBefore, 2)));
        return Figure.Of(
            "love", title, language.Pick(EffectWords.Of(diagnostics.Verdict)), language, frame =>
                LovePlot.Draw(new LoveData([.. rows]), frame));
    }

    private static Node Table(string title, ReleasedDiagnostics diagnostics, PeriodLength length, PageLanguage language)
    {
        var numbers = new ReleasedNumbers(language);
        var table = new DataTable(
            language.Pick($"{title}, i standardavvikelser", $"{title}, in standard deviations"),
            language.Pick("Egenskap", "Covariate"), language.Pick("Före", "Before"), language.Pick("Efter", "After"));
        foreach (var b in diagnostics.Balance)
        {
            table.Add(language.Pick(Names.Column(b.Covariate, length)), numbers.Text(b.SmdBefore, 2), numbers.Text(b.SmdAfter, 2));
        }

        return table.ToNode();
    }

    private static double? Shown(Cell cell) => cell.TryGet(out var value) ? value : null;
}
