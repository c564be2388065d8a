using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Protos.Benchmarks.V1;

namespace SiOutcomeLab.Cli.Words;

/// <summary>A benchmark's values in words. A value of a later version reads as it came.</summary>
internal static class BenchmarkText
{
    public static BilingualText Of(BenchmarkStatus status) => status switch
    {
        BenchmarkStatus.Pooled => new("sammanvägd", "pooled"),
        BenchmarkStatus.NotPoolable => new("går inte att väga samman", "cannot be pooled"),
        BenchmarkStatus.Withheld => new("visas inte", "withheld"),
        _ => new(status.ToString(), status.ToString()),
    };

    public static BilingualText Of(BenchmarkModel model) => model switch
    {
        BenchmarkModel.TwoStage => new("två steg: kommunernas skattningar, sedan deras medel",
            "two stages: own estimates, then their mean"),
        BenchmarkModel.OneStageStratified => new(
            "ett steg på allas antal; läs oddskvoten först", "one stage on everybody's numbers; read the odds ratio first"),
        _ => new(model.ToString(), model.ToString()),
    };

    /// <summary>Why a municipality with a plan does not contribute.</summary>
    public static BilingualText Absence(string reason) => reason switch
    {
        "NOT_ALLOWED" => new("har inte tillåtit sammanvägning", "has not allowed pooled results"),
        "NOT_ESTIMABLE" => new("effekten går inte att skatta", "its effect is not estimable"),
        "OTHER_GROUP" => new("skattningen gäller en annan grupp än deltagarna", "its estimate holds for another group"),
        "OTHER_PLAN" => new("en senare plan i kommunen räknas i stället", "a later plan of the municipality counts instead"),
        _ => new(reason, reason),
    };

    /// <summary>"employment_months, 4 kvartal".</summary>
    public static BilingualText Outcome(Benchmark benchmark) => Outcome(benchmark, new(CodeOf(benchmark), CodeOf(benchmark)));

    /// <summary>"Månader med lön från arbete, 4 kvartal"; the code where this version of the catalogue does not have the measure.</summary>
    public static BilingualText OutcomeInWords(Benchmark benchmark) => MeasureCatalogue.Current.TryFind(CodeOf(benchmark), out var found)
        ? Outcome(benchmark, found.Words.Name)
        : Outcome(benchmark);

    public static string Municipality(string code) => MunicipalityRegister.Current.TryFind(code, out var found) ? found.Name : code;

    private static string CodeOf(Benchmark benchmark) => benchmark.Outcome?.Measure ?? "–";

    private static BilingualText Outcome(Benchmark benchmark, BilingualText measure)
    {
        var periods = benchmark.Outcome?.HorizonPeriods ?? 0;
        var (sv, en) = (benchmark.PeriodLength, periods == 1) switch
        {
            (PeriodLength.Month, true) => ("månad", "month"),
            (PeriodLength.Month, false) => ("månader", "months"),
            (PeriodLength.Quarter, true) => ("kvartal", "quarter"),
            (PeriodLength.Quarter, false) => ("kvartal", "quarters"),
            (PeriodLength.Year, true) => ("år", "year"),
            (PeriodLength.Year, false) => ("år", "years"),
            (_, true) => ("period", "period"),
            _ => ("perioder", "periods"),
        };
        return new($"{measure.Sv}, {periods}\u00A0{sv}", $"{measure.En}, {periods}\u00A0{en}");
    }
}
