using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Hub.Web.Markup;
using SiOutcomeLab.Hub.Web.Words;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web.Plans;

/// <summary>The parts of a plan, for people.</summary>
internal static class PlanFacts
{
    public static Node What(EvaluationPlan plan, Intervention? intervention, PageLanguage language)
    {
        var words = ReleasedNumbers.WordsOf(plan.Primary.Measure);
        var worthwhile = plan.SmallestWorthwhileEffect is { } size ? new ReleasedNumbers(language).Planned(size, words) : null;
        return Section(
            "what", language.Pick("Vad som ska skattas", "What will be estimated"),
            Facts(
                (language.Pick("Organisation", "Organisation"), language.Pick(Names.Organisation(plan.Organisation))),
                (language.Pick("Insats", "Intervention"), intervention is null ? plan.Intervention.Code : language.Pick(intervention.Name)),
                (language.Pick("Metod", "Method"), intervention is null ? null : (Node)intervention.Method),
                (language.Pick("Huvudutfall", "Primary outcome"), language.Pick(PlanWords.Of(plan.Primary, plan.PeriodLength))),
                (language.Pick("Minsta effekt värd pengarna", "Smallest worthwhile effect"), worthwhile is null ? null : (Node)worthwhile),
                (language.Pick("Andra utfall", "Other outcomes"), Outcomes(plan.Secondaries, plan, language)),
                (language.Pick("Utfall som insatsen inte kan påverka", "Outcomes that it cannot change"),
                    Outcomes(plan.NegativeControls, plan, language)),
                (language.Pick("Delgrupper", "Subgroups"), List(plan.Subgroups?.Select(s => Subgroup(s, plan.PeriodLength, language))))));
    }

    public static Node How(EvaluationPlan plan, PageLanguage language) => Section(
        "how", language.Pick("Hur", "How"),
        Facts(
            (language.Pick("Målgrupp", "Target group"), plan.TargetGroup.Count == 0
                ? language.Pick("alla som observeras", "everybody observed")
                : List(plan.TargetGroup.Select(c => PlanWords.Condition(c, plan.PeriodLength, language)))),
            (language.Pick("Jämförs med", "Compared with"), language.Pick(EffectWords.Of(plan.Pool))),
            (language.Pick("Görs lika i", "Made alike in"),
                List(plan.Covariates.Select(c => language.Pick(Names.Column($"{c.Variable}@{c.Lag}", plan.PeriodLength))))),
            (language.Pick("Görs lika genom", "Made alike by"), PlanWords.Of(plan.Balancing, language)),
            (language.Pick("Skattas med", "Estimated by"), language.Pick(Estimators.Of(plan.Estimator).Name)),
            (language.Pick("Skattningar bredvid", "Estimates beside it"),
                List(plan.Sensitivity.Select(s => language.Pick(Estimators.Of(s).Name)))),
            (language.Pick("Minsta antal", "Minimum numbers"), language.Pick(
                $"{plan.MinimumTreated} deltagare och {plan.MinimumComparison} jämförelsepersoner",
                $"{plan.MinimumTreated} participants and {plan.MinimumComparison} comparison persons")),
            (language.Pick("Intervallens nivå", "Level of intervals"), language.Charts.Numbers.Percent(plan.ConfidenceLevel, 0))));

    public static Node When(EvaluationPlan plan, AlphaLedger ledger, PageLanguage language)
    {
        var table = new DataTable(
            language.Pick("Titter på utfallet", "Looks at the outcome"),
            language.Pick("Titt", "Look"),
            language.Pick("Tidigast", "Not before"),
            language.Pick("Räknar starter till och med", "Counts starts up to"),
            language.Pick("Andel av informationen", "Share of the information"),
            language.Pick("Felrisk den får kosta", "Error it may spend"),
            language.Pick("Har kostat", "Has spent"));
        foreach (var (look, planned, spent) in ledger.Looks)
        {
            var number = look.IsFinal ? language.Pick($"{look.Number}, den sista", $"{look.Number}, the last") : $"{look.Number}";
            table.Add(number, PlanWords.Day(look.DueOn), look.LastIndex.ToString(),
                language.Charts.Numbers.Percent(look.InformationFraction, 0),
                language.Charts.Numbers.Percent(planned, 2),
                spent is { } known ? language.Charts.Numbers.Percent(known, 2) : "–");
        }

        return Section(
            "when", language.Pick("När", "When"),
            Facts(
                (language.Pick("Starter som räknas", "Starts that count"), language.Pick(
                    $"{plan.FirstIndex} till {plan.LastIndex}", $"{plan.FirstIndex} to {plan.LastIndex}")),
                (language.Pick("Resultat utlovade", "Results due"), plan.ResultsDueOn is { } due ? (Node)PlanWords.Day(due) : null)),
            table.ToNode(),
            P(Ledger(ledger, language)));
    }

    private static string Ledger(AlphaLedger ledger, PageLanguage language)
    {
        return language.Pick(
            $"Frågan har {Percent(ledger.Total)} felrisk i allt: denna version har kostat {Percent(ledger.ByThisVersion)}, andra versioner "
                + $"{Percent(ledger.ByOtherVersions)} och andra prospektiva planer {Percent(ledger.ByOtherPlans)}; {Percent(ledger.Left)} är kvar.",
            $"The question has an error of {Percent(ledger.Total)} in all: this version has spent {Percent(ledger.ByThisVersion)}, other versions "
                + $"{Percent(ledger.ByOtherVersions)} and other prospective plans {Percent(ledger.ByOtherPlans)}; {Percent(ledger.Left)} is left.");

        string Percent(double share) => language.Charts.Numbers.Percent(share, 2);
    }

    private static Element? Outcomes(IReadOnlyList<OutcomeDefinition>? outcomes, EvaluationPlan plan, PageLanguage language) =>
        List(outcomes?.Select(o => language.Pick(PlanWords.Of(o, plan.PeriodLength))));

    private static string Subgroup(SubgroupDefinition subgroup, PeriodLength length, PageLanguage language)
    {
        var name = language.Pick(Names.Column($"{subgroup.Variable}@{subgroup.Lag}", length));
        return subgroup.Cut is { } cut
            ? language.Pick(
                $"{name}, delad vid {PlanWords.Value(subgroup.Variable, cut, language)}",
                $"{name}, cut at {PlanWords.Value(subgroup.Variable, cut, language)}")
            : name;
    }

    private static Element? List(IEnumerable<string>? items) =>
        items?.Select(i => (Node)Li(i)).ToArray() is { Length: > 0 } all ? Ul(all) : null;
}
