using SiOutcomeLab.Charts;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Hub.Web.Markup;
using SiOutcomeLab.Hub.Web.Words;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web.Effects;

/// <summary>How the groups differ period by period: none before the start, and what comes after it.</summary>
internal static class EventStudySection
{
    public static Node Of(ReleasedEffect e, PageLanguage language)
    {
        if (e.EventStudy is not { Count: > 0 } points) return new Fragment();
        var (numbers, words) = (new ReleasedNumbers(language), ReleasedNumbers.WordsOf(e.Outcome.Measure));
        var title = language.Pick("Skillnaden period för period", "The difference period by period");
        var table = new DataTable(
            language.Pick($"{title}, {numbers.Unit(words)} per period", $"{title}, {numbers.Unit(words)} per period"),
            language.Pick("Från starten", "From the start"),
            language.Pick("Skillnad och intervall", "Difference and interval"));
        foreach (var p in points) table.Add(Time(p.Time, e, language), numbers.PointAndInterval(p.Point, p.Low, p.High, words));
        return Section(
            "event-study", title,
            P(language.Pick(
                "Deltagarna mot jämförelsepersonerna, vägda så att grupperna är lika. Före starten ska det inte skilja: gör det det har grupperna gått "
                    + "åt olika håll redan innan. Intervallen gäller en period i taget och tar vikterna som kända.",
                "Participants against comparison persons, weighted so that the groups are alike. Before the start there should be no difference: where there "
                    + "is one, the groups went different ways already then. Intervals hold for one period at a time and take the weights as known.")),
            points.Any(p => IsMadeAlike(p.Time, e))
                ? P(language.Pick(
                    "Där grupperna har gjorts lika är skillnaden liten av sig själv och bevisar ingenting.",
                    "Where the groups have been made alike the difference is small of itself and proves nothing."))
                : new Fragment(),
            Picture(e, points, title, language),
            table.ToNode());
    }

    private static Node Picture(ReleasedEffect e, IReadOnlyList<ReleasedEventPoint> points, string title, PageLanguage language)
    {
        var (numbers, words) = (new ReleasedNumbers(language), ReleasedNumbers.WordsOf(e.Outcome.Measure));
        var finding = string.Join(". ", points.Select(p => $"{Time(p.Time, e, language)}: {numbers.PointAndInterval(p.Point, p.Low, p.High, words)}")) + ".";
        var data = new EventStudyData(
            [.. points.Select(p => new EventPoint(p.Time, ReleasedNumbers.ForPicture(p.Point, p.Low, p.High, words))
            {
                Gap = p.Point.IsShown ? null : numbers.Withheld(p.Point),
            })],
            language.Pick($"Skillnad mot jämförelsepersonerna, {numbers.Unit(words)}", $"Difference from comparison persons, {numbers.Unit(words)}"),
            language.Pick($"{Periods(e.Plan.PeriodLength, language)} från starten", $"{Periods(e.Plan.PeriodLength, language)} from the start"))
        {
            Decimals = points.Max(p => ReleasedNumbers.Decimals([p.Point, p.Low, p.High], words)),
        };
        return Figure.Of("event-study", title, finding, language, frame => EventStudyPlot.Draw(data, frame));
    }

    private static string Periods(PeriodLength length, PageLanguage language) => length switch
    {
        PeriodLength.Year => language.Pick("År", "Years"),
        PeriodLength.Quarter => language.Pick("Kvartal", "Quarters"),
        _ => language.Pick("Månader", "Months"),
    };

    // A lag that is among the covariates.
    private static bool IsMadeAlike(int time, ReleasedEffect e) =>
        time < 0 && e.Plan.Covariates.Any(c => c.Variable == e.Plan.Primary.Measure.Code && c.Lag == -time);

    private static string Time(int time, ReleasedEffect e, PageLanguage language)
    {
        if (time == 0) return language.Pick("startperioden", "the period of the start");
        var periods = language.Pick(PlanWords.Periods(Math.Abs(time), e.Plan.PeriodLength));
        if (time > 0) return language.Pick($"{periods} efter", $"{periods} after");
        return IsMadeAlike(time, e) ? language.Pick($"{periods} före (görs lika)", $"{periods} before (made alike)") : language.Pick($"{periods} före", $"{periods} before");
    }
}
