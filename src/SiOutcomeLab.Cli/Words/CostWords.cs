using SiOutcomeLab.Domain;
using SiOutcomeLab.Protos.Costs.V1;
using SiOutcomeLab.Protos.Effects.V1;

namespace SiOutcomeLab.Cli.Words;

/// <summary>Kronor and their enums in words. A value of a later version reads as its number's name.</summary>
internal static class CostWords
{
    /// <summary>"72 400"; a withheld cell is words.</summary>
    public static string Sek(Cell? cell, Language language) => CellText.Number(cell, 0, language);

    public static string Sek(double sek, Language language) => language.Pick(PlainNumber.Fixed(sek, 0));

    /// <summary>"72 400 (21 900 till 123 000)".</summary>
    public static string WithInterval(Cell? sek, Cell? low, Cell? high, Language language) =>
        sek?.ContentCase == Cell.ContentOneofCase.Value && low?.ContentCase == Cell.ContentOneofCase.Value && high?.ContentCase == Cell.ContentOneofCase.Value
            ? $"{Sek(sek, language)} ({Sek(low, language)} {language.Pick("till", "to")} {Sek(high, language)})"
            : Sek(sek, language);

    public static string WithInterval(Money? money, Language language) =>
        money is null ? "–" : WithInterval(money.Paid, money.CiLow, money.CiHigh, language);

    public static BilingualText Of(BaselineKind kind) => kind switch
    {
        BaselineKind.TargetGroup => new("målgruppen utan insatsen", "the target group without the intervention"),
        BaselineKind.Counterfactual => new("deltagarna, om insatsen inte funnits", "participants, had there been no intervention"),
        _ => Plain(kind),
    };

    public static BilingualText Of(SavingStatus status) => status switch
    {
        SavingStatus.Counted => new("räknad", "counted"),
        SavingStatus.NotEstimable => new("effekten går inte att skatta", "the effect is not estimable"),
        SavingStatus.NotPriced => new("inget pris", "no price"),
        _ => Plain(status),
    };

    public static BilingualText Of(Provenance provenance) => provenance switch
    {
        Provenance.Measured => new("uppmätt", "measured"),
        Provenance.ModelledFromProxy => new("beräknat från närliggande uppgifter", "modelled from a proxy"),
        Provenance.Assumed => new("antaget", "assumed"),
        _ => Plain(provenance),
    };

    public static BilingualText Of(PriceDriver driver) => driver switch
    {
        PriceDriver.Figure => new("siffran", "the figure"),
        PriceDriver.Conversion => new("omräkningen", "the conversion"),
        PriceDriver.PriceYear => new("prisåret", "the price year"),
        PriceDriver.MarginalShare => new("marginalandelen", "the marginal share"),
        _ => Plain(driver),
    };

    /// <summary>What is missing, shortly; the hub's sentences tell more.</summary>
    public static BilingualText OfGap(string kind) => kind switch
    {
        "NO_UNIT_COST" => new("ingen enhetskostnad", "no unit cost"),
        "INCOMPLETE" => new("ofullständig rad", "incomplete row"),
        "SEVERAL_UNIT_COSTS" => new("flera att välja mellan", "several to choose between"),
        "UNKNOWN_UNIT_COST" => new("okänd enhetskostnad", "unknown unit cost"),
        "OUTSIDE_VALIDITY" => new("gäller inte den dagen", "not valid on the day"),
        "INDEX_HAS_NO_YEAR" => new("index saknar året", "the index lacks the year"),
        "UNIT_DIFFERS" => new("annan enhet", "another unit"),
        _ => new(kind, kind),
    };

    private static BilingualText Plain<T>(T value)
        where T : struct, Enum => new(value.ToString(), value.ToString());
}
