using SiOutcomeLab.Cli.Words;

namespace SiOutcomeLab.Cli.Tests.Words;

public sealed class CountedTests
{
    [Theory]
    [InlineData(0, "0 rader", "0 rows")]
    [InlineData(1, "1 rad", "1 row")]
    [InlineData(2, "2 rader", "2 rows")]
    [InlineData(1234567, "1\u00A0234\u00A0567 rader", "1,234,567 rows")]
    public void Rows_OneOrMany_AreToldAsSuch(long count, string sv, string en) => Assert.Equal((sv, en), (Counted.Rows(count).Sv, Counted.Rows(count).En));

    [Fact]
    public void One_OfEachKind_IsSingular() => Assert.Equal(
        ["1 observationsrad, 1 observation row", "1 person, 1 person", "1 deltagande, 1 participation", "1 leverans, 1 submission", "1 år, 1 year"],
        new[] { Counted.ObservationRows(1), Counted.Persons(1), Counted.Participations(1), Counted.Submissions(1), Counted.Years(1) }
            .Select(t => $"{t.Sv}, {t.En}"));
}
