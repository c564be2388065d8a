using SiOutcomeLab.Charts;
using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Economics.Costs;
using SiOutcomeLab.Economics.Words;
using SiOutcomeLab.Hub.Features.Costs;
using SiOutcomeLab.Hub.Web.Markup;
using SiOutcomeLab.Hub.Web.Words;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web.Costs;

/// <summary>A baseline of one kind: drawn by actor, and in a table. The two kinds stand apart and are never added up.</summary>
internal static class BaselineSection
{
    public static Node Of(ReleasedCosts costs, BaselineKind kind, PageLanguage language)
    {
        if (CostMapping.MoneyOf(costs, kind) is not { } money) return new Fragment();
        var numbers = new KronaNumbers(language);
        var id = CostNames.PartOf(kind);
        var heading = kind == BaselineKind.TargetGroup
            ? language.Pick("Vad målgruppen kostar utan insatsen", "What the target group costs without the intervention")
            : language.Pick("Vad deltagarna hade kostat utan insatsen", "What participants would have cost without the intervention");
        return Section(
            id,
            heading,
            P(language.Pick(money.Sentence ?? new(string.Empty, string.Empty))),
            Picture(id, heading, money, numbers, language),
            Table(heading, money, numbers, language),
            MoneyTables.Items(money, $"{heading}: {language.Pick("budgetposter", "budget items")}", numbers, language),
            MoneyTables.Rests(money, heading, numbers, language));
    }

    private static Node Picture(string id, string heading, ReleasedMoney money, KronaNumbers numbers, PageLanguage language)
    {
        var rows = money.ByActor.Select(a => numbers.Bar(language.Pick(ActorWords.Of(a.Actor)), a.Sek, a.Low, a.High)).ToList();
        var finding = string.Join("; ", money.ByActor.Select(
            a => $"{language.Pick(ActorWords.Of(a.Actor))}: {numbers.WithInterval(a.Sek, a.Low, a.High)}")) + ".";
        return Figure.Of("bars-" + id, heading, finding, language, frame => BaselineBars.Draw(
            new BaselineData(rows, language.Pick("Kronor per person och år", "Kronor per person and year")), frame));
    }

    private static Node Table(string heading, ReleasedMoney money, KronaNumbers numbers, PageLanguage language)
    {
        var table = new DataTable(
            $"{heading}, {language.Pick("kronor per person och år", "kronor per person and year")}",
            language.Pick("Vem", "Who"),
            language.Pick("Kronor och intervall", "Kronor and interval"));
        foreach (var a in money.ByActor) table.Add(language.Pick(ActorWords.Of(a.Actor)), numbers.WithInterval(a.Sek, a.Low, a.High));
        table.Add(Strong(language.Pick("tillsammans", "together")), numbers.WithInterval(money.Paid, money.Low, money.High));
        table.Add(language.Pick("därav resurser", "of that, resources"), numbers.Sek(money.Real));
        table.Add(language.Pick("därav bidrag", "of that, transfers"), numbers.Sek(money.Transfers));
        table.Add(language.Pick("personer bakom", "persons behind it"), new ReleasedNumbers(language).Persons(money.Persons));
        return table.ToNode();
    }
}
