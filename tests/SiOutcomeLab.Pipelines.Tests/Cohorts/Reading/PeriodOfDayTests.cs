using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Pipelines.Cohorts.Reading;

namespace SiOutcomeLab.Pipelines.Tests.Cohorts.Reading;

public sealed class PeriodOfDayTests
{
    [Theory]
    [InlineData(PeriodLength.Month, 1)]
    [InlineData(PeriodLength.Quarter, 4)]
    [InlineData(PeriodLength.Quarter, 9)]
    [InlineData(PeriodLength.Year, 40)]
    public void ToPeriods_DaysInAndAroundThePeriods_IsEachDaysOwnPeriod(PeriodLength length, int distinct)
    {
        var random = new Random(distinct);
        var first = Period.Containing(new DateOnly(2020, 6, 15), length);
        var days = new PeriodOfDay(first, 6);
        var epoch = new DateOnly(1970, 1, 1).DayNumber;
        for (var round = 0; round < 20; round++)
        {
            var some = Enumerable.Range(0, distinct).Select(_ => first.Start.AddDays(random.Next(-400, 2600))).ToArray();
            DateOnly[] rows = [.. Enumerable.Range(0, 203).Select(i => round % 2 == 0 ? some[i % distinct] : some[random.Next(distinct)])];
            int[] expected = [.. rows.Select(d => Period.Containing(d, length).Since(first)).Select(p => p is >= 0 and < 6 ? p : -1)];
            int[] actual = [.. rows.Select(d => d.DayNumber - epoch)];

            days.Begin();
            Assert.Equal(expected.Count(p => p >= 0), days.ToPeriods(actual));

            Assert.Equal(expected, actual);
            Assert.Equal(expected.Where(p => p >= 0).Distinct().Order(), days.Told());
        }
    }
}
