using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Protos.Benchmarks.V1;
using SiOutcomeLab.Protos.Plans.V1;

namespace SiOutcomeLab.Cli.Tests.Words;

public sealed class BenchmarkTextTests
{
    [Theory]
    [InlineData("employment_months", "Månader med lön från arbete, 1\u00A0kvartal", "Months with pay from work, 1\u00A0quarter")]
    [InlineData("of_a_later_version", "of_a_later_version, 1\u00A0kvartal", "of_a_later_version, 1\u00A0quarter")]
    public void Outcome_InCodeAndWords_IsTheMeasureAndHowFar(string measure, string sv, string en)
    {
        var benchmark = new Benchmark { Outcome = new OutcomeDefinition { Measure = measure, HorizonPeriods = 1 }, PeriodLength = PeriodLength.Quarter };

        Assert.Equal($"{measure}, 1\u00A0kvartal", BenchmarkText.Outcome(benchmark).Sv);
        Assert.Equal((sv, en), (BenchmarkText.OutcomeInWords(benchmark).Sv, BenchmarkText.OutcomeInWords(benchmark).En));
    }
}
