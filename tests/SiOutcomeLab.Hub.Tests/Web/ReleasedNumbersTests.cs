using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Hub.Web;
using SiOutcomeLab.Hub.Web.Words;

namespace SiOutcomeLab.Hub.Tests.Web;

public sealed class ReleasedNumbersTests
{
    [Theory]
    [InlineData(0, "under 1\u00A0%", "under 1%")]
    [InlineData(0.01, "1\u00A0%", "1%")]
    [InlineData(0.99, "99\u00A0%", "99%")]
    [InlineData(1, "över 99\u00A0%", "over 99%")]
    public void Probability_AtItsEnds_IsNeverCertain(double value, string sv, string en)
    {
        Assert.Equal(sv, new ReleasedNumbers(PageLanguage.Swedish).Probability(Cell.Shown(value)));
        Assert.Equal(en, new ReleasedNumbers(PageLanguage.English).Probability(Cell.Shown(value)));
    }

    [Fact]
    public void Probability_Withheld_IsWords() => Assert.Equal(
        "visas inte: vilar på för få personer",
        new ReleasedNumbers(PageLanguage.Swedish).Probability(Cell.Suppressed(SuppressionReason.FewPersons)));
}
