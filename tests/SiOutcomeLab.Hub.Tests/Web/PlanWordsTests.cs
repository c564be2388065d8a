using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Hub.Web;
using SiOutcomeLab.Hub.Web.Words;

namespace SiOutcomeLab.Hub.Tests.Web;

public sealed class PlanWordsTests
{
    [Theory]
    [InlineData("birth_year", 2005, 2009, "2005 till 2009", "2005 to 2009")]
    [InlineData("earnings_sek", 2005, 12500, "2\u00A0005 till 12\u00A0500", "2,005 to 12,500")]
    public void Condition_OfAYear_IsWrittenAsAYear(string variable, double low, double high, string sv, string en)
    {
        var condition = new TargetCondition(variable, 1, low, high, null);

        Assert.EndsWith(": " + sv, PlanWords.Condition(condition, PeriodLength.Quarter, PageLanguage.Swedish), StringComparison.Ordinal);
        Assert.EndsWith(": " + en, PlanWords.Condition(condition, PeriodLength.Quarter, PageLanguage.English), StringComparison.Ordinal);
    }
}
