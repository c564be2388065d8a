using SiOutcomeLab.Charts;
using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Economics.Words;
using SiOutcomeLab.Hub.Web.Markup;
using SiOutcomeLab.Hub.Web.Words;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web.Costs;

/// <summary>The saving: a waterfall by actor with the same numbers in a table beside it, and the three lines.</summary>
internal static class SavingSection
{
    public static Node Of(ReleasedCosts costs, PageLanguage language)
    {
        if (costs.Saving is not { } saving) return new Fragment();
        var numbers = new KronaNumbers(language);
        return Section(
            "saving", language.Pick("Vem som sparar", "Who saves"),
            P(language.Pick(
                $"Per deltagare, {new ReleasedNumbers(language).Persons(saving.Participants)} deltagare räknas. Över noll är en besparing, under noll en kostnad.",
                $"Per participant; {new ReleasedNumbers(language).Persons(saving.Participants)} participants are counted. Above zero is a saving, below zero a cost.")),
            Picture(saving.EconomicValue, numbers, language),
            ByActor(saving, numbers, language),
            Lines(saving, numbers, language),
            MoneyTables.Items(
                saving.EconomicValue, language.Pick("Det hela värdet, post för post i budgetarna", "The whole value, by budget item"), numbers, language),
            MoneyTables.Rests(saving.EconomicValue, language.Pick("Det hela värdet", "The whole value"), numbers, language));
    }

    private static Node Picture(ReleasedMoney value, KronaNumbers numbers, PageLanguage language)
    {
        var steps = value.ByActor.Select(a => numbers.Bar(language.Pick(ActorWords.Of(a.Actor)), a.Sek, a.Low, a.High)).ToList();
        var title = language.Pick("Sparat värde per deltagare, efter vem som betalar", "Value saved per participant, by who pays");
        var finding = string.Join("; ", value.ByActor.Select(
            a => $"{language.Pick(ActorWords.Of(a.Actor))}: {numbers.WithInterval(a.Sek, a.Low, a.High)}")) + ".";
        return Figure.Of("waterfall", title, finding, language, frame => WaterfallChart.Draw(
            new WaterfallData(steps, language.Pick("Kronor per deltagare", "Kronor per participant")) { Total = numbers.Total(value) }, frame));
    }

    private static Node ByActor(ReleasedSaving saving, KronaNumbers numbers, PageLanguage language)
    {
        var table = new DataTable(
            language.Pick("Besparingen efter vem som betalar, kronor per deltagare", "The saving by who pays, kronor per participant"),
            language.Pick("Vem", "Who"),
            language.Pick("Hela värdet", "The whole value"),
            language.Pick("Slutar att förbrukas", "Stops being spent"),
            language.Pick("Budgeten kan minskas inom tiden", "The budget can be cut within the time"),
            language.Pick("Budgeten kan minskas senare", "The budget can be cut later"));
        ReleasedMoney[] lines = [saving.EconomicValue, saving.Marginal, saving.BudgetReducible, saving.BudgetReducibleLater];
        foreach (var actor in lines.SelectMany(l => l.ByActor.Select(a => a.Actor)).Distinct().Order())
        {
            table.Add(
                language.Pick(ActorWords.Of(actor)),
                [.. lines.Select(l => (Node)(l.ByActor.FirstOrDefault(a => a.Actor == actor) is { } a
                    ? numbers.WithInterval(a.Sek, a.Low, a.High) : "–"))]);
        }

        table.Add(Strong(language.Pick("tillsammans", "together")), [.. lines.Select(l => (Node)numbers.WithInterval(l.Paid, l.Low, l.High))]);
        return table.ToNode();
    }

    private static Fragment Lines(ReleasedSaving saving, KronaNumbers numbers, PageLanguage language)
    {
        var table = new DataTable(
            language.Pick("Besparingens tre rader, kronor per deltagare", "The saving in three lines, kronor per participant"),
            language.Pick("Rad", "Line"),
            language.Pick("Kronor och intervall", "Kronor and interval"),
            language.Pick("Resurser", "Resources"),
            language.Pick("Bidrag", "Transfers"));
        Add(language.Pick("1. Ekonomiskt värde: allt som annars hade kostat", "1. Economic value: all that would have cost"), saving.EconomicValue);
        Add(language.Pick("2. Marginellt: det som verkligen slutar att förbrukas", "2. Marginal: what really stops being spent"), saving.Marginal);
        Add(language.Pick("3. Budgetpåverkande, inom uppföljningstiden", "3. Budget-reducible, within the follow-up"), saving.BudgetReducible);
        Add(language.Pick("3. Budgetpåverkande, därefter", "3. Budget-reducible, after it"), saving.BudgetReducibleLater);
        return new Fragment(
            P(language.Pick(
                "Bidrag är en utgift för den som betalar och en inkomst för den enskilde; för samhället tar de ut varandra. En budget kan bara "
                    + "minskas med det som verkligen slutar att förbrukas, och ofta först senare.",
                "A transfer is an expense to who pays it and an income to the person; to society they cancel out. A budget can only be cut by "
                    + "what really stops being spent, and often only later.")),
            table.ToNode());

        void Add(string label, ReleasedMoney m) =>
            table.Add(label, numbers.WithInterval(m.Paid, m.Low, m.High), numbers.Sek(m.Real), numbers.Sek(m.Transfers));
    }
}
