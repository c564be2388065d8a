using SiOutcomeLab.Cli.Showing;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Protos.Benchmarks.V1;
using SiOutcomeLab.Protos.Costs.V1;

namespace SiOutcomeLab.Cli.Demo;

/// <summary>One method's story: municipalities' own estimates, what they come to together, and kronor by who pays.</summary>
internal static class StoryReport
{
    public static void Write(Terminal terminal, MethodStory story, Domain.BilingualText name)
    {
        var b = story.Benchmark;
        DemoReport.Title(terminal, terminal.Pick(
            $"1. En metod i hela landet: {name.Sv}, från egen skattning till kronor",
            $"1. One method in the whole country: {name.En}, from own estimates to kronor"));
        terminal.Line($"  {terminal.Pick(BenchmarkText.OutcomeInWords(b))}, {terminal.Pick(b.UnitSv, b.UnitEn)}");
        terminal.Line();
        WriteMunicipalities(terminal, story);
        WriteSentences(terminal, b);
        if (story.First is { } saving) WriteKronor(terminal, story, saving);
    }

    private static void WriteMunicipalities(Terminal terminal, MethodStory story)
    {
        var (language, b) = (terminal.Language, story.Benchmark);
        var table = new TextTable(
            new TextColumn(terminal.Pick("kommun", "municipality"), MaximumWidth: 17),
            new TextColumn(terminal.Pick("egen skattning", "own estimate"), IsRight: true, MaximumWidth: 24),
            new TextColumn(terminal.Pick("samlad bedömning", "combined estimate"), IsRight: true, MaximumWidth: 24),
            new TextColumn(terminal.Pick("kostar utan, kr/år", "costs without, kr/y"), IsRight: true, MaximumWidth: 11),
            new TextColumn(terminal.Pick("sparat värde, kr", "value saved, kr"), IsRight: true, MaximumWidth: 12));
        foreach (var m in story.Municipalities)
        {
            table.Add(
                BenchmarkText.Municipality(m.Municipality),
                CellText.PointAndInterval(m.Point, m.CiLow, m.CiHigh, language),
                CellText.PointAndInterval(m.Place.Shrunken, m.Place.ShrunkenLow, m.Place.ShrunkenHigh, language),
                CostWords.Sek(MethodStory.Of(story.Counterfactuals, m.Plan)?.PerPersonYear.Paid, language),
                CostWords.Sek(story.SavingOf(m, MethodStory.Set)?.EconomicValue?.Paid, language));
        }

        if (b.Pooled is { } p)
        {
            table.Add(
                terminal.Pick($"sammanvägt, {p.Municipalities} kommuner", $"pooled, {p.Municipalities} munic."),
                CellText.PointAndInterval(p.Point, p.CiLow, p.CiHigh, language), string.Empty, string.Empty, string.Empty);
            table.Add(
                terminal.Pick("väntat i en ny", "expected in a new"), CellText.Interval(p.Point, p.PredictionLow, p.PredictionHigh, language),
                string.Empty, string.Empty, string.Empty);
        }

        table.Write(terminal.Out, "  ");
        Wrap.Write(terminal.Out, terminal.Pick(
            "Kommunens samlade bedömning väger dess egen skattning mot de andras. Kronor per deltagare: vad hen hade kostat om året utan "
                + "insatsen, och värdet av effekten under det första året.",
            "A municipality's combined estimate weighs its own against the others'. Kronor per participant: what he or she would have cost a year "
                + "without the intervention, and what the effect is worth in the first year."), "  ");
    }

    private static void WriteSentences(Terminal terminal, Benchmark b)
    {
        terminal.Line();
        foreach (var sentence in terminal.Language == Language.Swedish ? b.SentencesSv : b.SentencesEn) Wrap.Write(terminal.Out, sentence, "  ");
    }

    private static void WriteKronor(Terminal terminal, MethodStory story, Saving saving)
    {
        var language = terminal.Language;
        terminal.Line();
        terminal.Line(terminal.Pick(
            $"Kronor i {BenchmarkText.Municipality(saving.Subject.Organisation)}, {saving.Terms.PriceYear} års priser",
            $"Kronor in {BenchmarkText.Municipality(saving.Subject.Organisation)}, {saving.Terms.PriceYear} prices"));
        foreach (var baseline in new[] { MethodStory.Of(story.TargetGroups, saving.Subject.Plan), MethodStory.Of(story.Counterfactuals, saving.Subject.Plan) })
        {
            if (baseline is null) continue;
            terminal.Line(terminal.Pick(
                $"  {terminal.Pick(CostWords.Of(baseline.Kind))}: {CostWords.WithInterval(baseline.PerPersonYear, language)} kr om året",
                $"  {terminal.Pick(CostWords.Of(baseline.Kind))}: {CostWords.WithInterval(baseline.PerPersonYear, language)} kr a year"));
        }

        terminal.Line();
        CostSheet.WriteByActor(terminal, saving, "  ");
        var marks = saving.EconomicValue.ByProvenance.Select(m => $"{terminal.Pick(CostWords.Of(m.Provenance))} {CostWords.Sek(m.Sek, language)}");
        Wrap.Write(terminal.Out, $"{terminal.Pick("vilar på: ", "rests on: ")}{string.Join(", ", marks)}", "  ");
        foreach (var other in story.Savings.Where(s => s.Subject.Plan == saving.Subject.Plan && s.Terms.UnitCostSet != saving.Terms.UnitCostSet))
        {
            Wrap.Write(terminal.Out, terminal.Pick(
                $"Med andra enhetskostnader ({other.Terms.UnitCostSet}): {CostWords.WithInterval(other.EconomicValue, language)} kr.",
                $"By other unit costs ({other.Terms.UnitCostSet}): {CostWords.WithInterval(other.EconomicValue, language)} kr."), "  ");
        }
    }
}
