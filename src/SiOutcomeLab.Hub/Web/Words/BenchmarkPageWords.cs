using SiOutcomeLab.Charts;
using SiOutcomeLab.Disclosure.Benchmarks;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Benchmarks;
using SiOutcomeLab.Domain.Measures;

namespace SiOutcomeLab.Hub.Web.Words;

/// <summary>What is said of a benchmark beside its own sentences, in words; one entry per value.</summary>
internal static class BenchmarkPageWords
{
    public static BilingualText Of(BenchmarkStatus status) => status switch
    {
        BenchmarkStatus.Pooled => new("sammanvägd", "pooled"),
        BenchmarkStatus.NotPoolable => new("går inte att väga samman", "cannot be pooled"),
        BenchmarkStatus.Withheld => new("visas inte", "withheld"),
        _ => throw Unknown(nameof(status), status),
    };

    public static BilingualText Of(BenchmarkModel model) => model switch
    {
        BenchmarkModel.TwoStage => new(
            "Räknad i två steg: varje kommuns egen skattning, och sedan deras medelvärde med hänsyn till att de skiljer sig och "
                + "delvis har samma jämförelsepersoner.",
            "Computed in two stages: each municipality’s own estimate, then their mean, allowing for real differences and for "
                + "comparison persons they share."),
        BenchmarkModel.OneStageStratified => new(
            "Utfallet är ovanligt: läs i första hand oddskvoten, som är räknad i ett steg på alla kommuners antal tillsammans.",
            "The outcome is rare: read the odds ratio first, which is computed in one stage on all municipalities’ numbers together."),
        _ => throw Unknown(nameof(model), model),
    };

    public static BilingualText Of(AbsenceReason reason) => reason switch
    {
        AbsenceReason.NotAllowed => new("har inte tillåtit sammanvägning", "has not allowed pooled results"),
        AbsenceReason.NotEstimable => new("effekten går inte att skatta", "its effect is not estimable"),
        AbsenceReason.OtherGroup => new("skattningen gäller en annan grupp än deltagarna",
            "its estimate holds for another group than the participants"),
        AbsenceReason.OtherPlan => new("en senare plan i kommunen räknas i stället", "a later plan of the municipality counts instead"),
        _ => throw Unknown(nameof(reason), reason),
    };

    /// <summary>What lies below and above no effect; null when neither way is better.</summary>
    public static (BilingualText Low, BilingualText High)? Sides(MeasureDirection direction)
    {
        var (better, worse) = (new BilingualText("bättre", "better"), new BilingualText("sämre", "worse"));
        return direction switch
        {
            MeasureDirection.HigherIsBetter => (worse, better),
            MeasureDirection.LowerIsBetter => (better, worse),
            _ => null,
        };
    }

    /// <summary>What pictures say by themselves, in the page's own words for it.</summary>
    public static ChartLanguage Charts(PageLanguage language) => language.Charts with
    {
        Words = language.Charts.Words with
        {
            Shrunken = language.Pick("samlad bedömning", "combined estimate"),
            Pooled = language.Pick("sammanvägd effekt", "pooled effect"),
            PredictionInterval = language.Pick("väntat i en ny kommun", "expected in a further one"),
            StandardError = language.Pick("Medelfel", "Standard error"),
        },
    };

    private static ArgumentOutOfRangeException Unknown(string name, object value) =>
        new(name, value, "A value without words; add it here.");
}
