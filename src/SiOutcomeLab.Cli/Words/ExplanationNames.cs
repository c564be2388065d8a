using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Protos.Explanations.V1;
using ChangeSource = SiOutcomeLab.Protos.Explanations.V1.ChangeSource;

namespace SiOutcomeLab.Cli.Words;

/// <summary>The links of a chain and the parts of a change, in words. A value of a later version reads as its number's name.</summary>
internal static class ExplanationNames
{
    public static BilingualText Of(ExplanationLink link) => ChainLinks.HeadingOf((ChainLink)link) ?? Plain(link);

    public static BilingualText Of(ChangeSource source) => source switch
    {
        ChangeSource.Code => new("koden", "the code"),
        ChangeSource.Plan => new("planens version eller titt", "the plan's version or look"),
        ChangeSource.OwnParticipants => new("egna deltagare", "own participants"),
        ChangeSource.OwnComparison => new("egna jämförelsepersoner", "own comparison persons"),
        ChangeSource.OthersData => new("andras data", "others' data"),
        ChangeSource.Prices => new("priser", "prices"),
        _ => Plain(source),
    };

    public static BilingualText Of(ChangeTold told) => told switch
    {
        ChangeTold.Unchanged => new("ingenting: som det var", "nothing: as it was"),
        ChangeTold.InWords => new("ändrat, men för få personer för att visa hur mycket", "changed, but too few persons to show by how much"),
        ChangeTold.NoPart => new("ingår inte i effekten, bara i kronorna", "no part of the effect, only of its kronor"),
        _ => Plain(told),
    };

    public static BilingualText Of(ChangeObstacle obstacle) => obstacle switch
    {
        ChangeObstacle.RowsErased => new(
            "Kan inte delas upp: rader i underlaget har raderats enligt lag.", "It cannot be taken apart: rows behind it have been erased by law."),
        ChangeObstacle.OtherQuestion => new(
            "Kan inte delas upp: de två svarar på olika frågor.", "It cannot be taken apart: the two answer different questions."),
        ChangeObstacle.NoEstimate => new("Kan inte delas upp: en av dem har ingen skattning.", "It cannot be taken apart: one of them has no estimate."),
        _ => Plain(obstacle),
    };

    public static BilingualText Of(KronorObstacle obstacle) => obstacle switch
    {
        KronorObstacle.NotCostedBefore => new("Kan inte delas upp: det fanns inga kronor då.", "It cannot be divided: there were no kronor then."),
        KronorObstacle.NotCostedAfter => new("Kan inte delas upp: det finns inga kronor nu.", "It cannot be divided: there are no kronor now."),
        KronorObstacle.NoSavingBefore => new(
            "Kan inte delas upp: ingen besparing kunde räknas då.", "It cannot be divided: no saving could be counted then."),
        KronorObstacle.NoSavingAfter => new(
            "Kan inte delas upp: ingen besparing kan räknas nu.", "It cannot be divided: no saving can be counted now."),
        KronorObstacle.OtherYears => new("Kan inte delas upp: de räknar olika många år.", "It cannot be divided: they count different numbers of years."),
        KronorObstacle.EffectsNotKept => new(
            "Kan inte delas upp: kronorna räknades av en äldre version av hubben.", "It cannot be divided: an older version of the hub counted the kronor."),
        _ => Plain(obstacle),
    };

    public static BilingualText Of(DivisionObstacle obstacle) => obstacle switch
    {
        DivisionObstacle.BeforeWithheld => new("delas inte: de tidigare visas inte", "not divided: the earlier are withheld"),
        DivisionObstacle.AfterWithheld => new("delas inte: de senare visas inte", "not divided: the later are withheld"),
        DivisionObstacle.BetweenWithheld => new("delas inte: för få personer bakom", "not divided: too few persons behind it"),
        DivisionObstacle.NotCountedNow => new("delas inte: ett mått har inte längre pris", "not divided: a measure has no price any more"),
        _ => Plain(obstacle),
    };

    public static BilingualText Of(SavingLine line) => line switch
    {
        SavingLine.EconomicValue => new("hela värdet", "the whole value"),
        SavingLine.Marginal => new("slutar förbrukas", "stops being spent"),
        SavingLine.BudgetReducible => new("budget kan minskas", "a budget can be cut"),
        _ => Plain(line),
    };

    public static BilingualText Of(PriceRowChange change) => change switch
    {
        PriceRowChange.Changed => new("ändrad", "changed"),
        PriceRowChange.Added => new("ny", "new"),
        PriceRowChange.Removed => new("borta", "gone"),
        _ => Plain(change),
    };

    public static BilingualText Of(PriceField field) => field switch
    {
        PriceField.Figure => new("siffran", "the figure"),
        PriceField.Conversion => new("omräkningen", "the conversion"),
        PriceField.PriceLevel => new("prisnivån", "the price level"),
        PriceField.Index => new("index", "the index"),
        PriceField.Split => new("vem som betalar", "who pays"),
        PriceField.Shares => new("andelar som sparas", "shares that are saved"),
        _ => Plain(field),
    };

    private static BilingualText Plain<T>(T value)
        where T : struct, Enum => new(value.ToString(), value.ToString());
}
