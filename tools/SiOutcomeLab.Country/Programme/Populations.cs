using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Country.Programme;

/// <summary>
/// Four populations, eight methods, six measures. The methods bear names that Swedish municipalities know; strengths, costs and needs are
/// invented, and two methods have no effect because dice said so.
/// </summary>
public static class Populations
{
    private const string Work = "employment_months";
    private const string Support = "income_support_months";
    private const string Psychiatry = "psychiatry_visits";
    private const string Placed = "placement_days";
    private const string Absence = "school_absence_percent";
    private const string Offences = "suspected_offences";

    /// <summary>All populations; a person belongs to one.</summary>
    public static IReadOnlyList<Population> All { get; } = [Adults(), Youths(), PlacedChildren(), Pupils()];

    /// <summary>All methods.</summary>
    public static IReadOnlyList<Method> Methods { get; } = [.. All.SelectMany(p => p.Methods)];

    /// <summary>All measures, each once.</summary>
    public static IReadOnlyList<string> Measures { get; } = [.. All.SelectMany(p => p.MeasureCodes).Distinct()];

    /// <summary>The population that a method is for.</summary>
    /// <param name="method">The method's code.</param>
    /// <exception cref="ArgumentException">There is no such method.</exception>
    public static Population Of(string method) => All.FirstOrDefault(p => p.Methods.Any(m => m.Code == method))
        ?? throw new ArgumentException($"There is no method {method}; there are {string.Join(", ", Methods.Select(m => m.Code))}.", nameof(method));

    private static Population Adults() => new("adults", 0.50, 1960, 2000)
    {
        AreAdults = true,
        Measures =
        [
            new(Work, MeasureForm.Months, -1.5, -0.9, -0.5),
            new(Support, MeasureForm.Months, -0.3, 0.9, 0.5),
            new(Psychiatry, MeasureForm.Count, -0.3, 0.5, 0.2),
        ],
        Methods =
        [
            new("ips", "Individanpassat stöd till arbete (IPS)", "Individual placement and support (IPS)")
            {
                Primary = new(new MeasureCode(Work), 4, OutcomeSummary.SumToHorizon),
                SmallestWorthwhileEffect = 1, Cost = 52_000, Strength = [0.9, -0.5, -0.2],
                NeedLag1 = [-0.30, 0.25, 0.12], NeedLag2 = [-0.20, 0.15, 0.06], NeedWoman = -0.1, NeedCompulsory = 0.3, NeedYear = 0.01,
                TargetMeasure = 0, TargetMaximum = 1,
            },
            new("supported-employment", "Arbetslivsinriktat stöd (SE)", "Supported employment")
            {
                Primary = new(new MeasureCode(Support), 4, OutcomeSummary.SumToHorizon),
                SmallestWorthwhileEffect = 1, Cost = 38_000, Strength = [0.4, -0.7, 0],
                NeedLag1 = [-0.25, 0.30, 0.05], NeedLag2 = [-0.15, 0.20, 0], NeedSingle = 0.3, NeedCompulsory = 0.2, NeedYear = 0.015,
                TargetMeasure = 1, TargetMinimum = 1,
            },
        ],
    };

    private static Population Youths() => new("youths", 0.12, 2003, 2006)
    {
        AgesOutAt = 20,
        Measures =
        [
            new(Placed, MeasureForm.Fortnights, -2.2, 0.9, 0.4),
            new(Offences, MeasureForm.Count, -1.3, 0.6, 0.3),
            new(Absence, MeasureForm.Percent, 0.6, 0.9, 0.3),
        ],
        Methods =
        [
            new("mst", "Multisystemisk terapi (MST)", "Multisystemic therapy (MST)")
            {
                Primary = new(new MeasureCode(Placed), 4, OutcomeSummary.SumToHorizon),
                SmallestWorthwhileEffect = 15, Cost = 165_000, Strength = [-0.9, -0.3, -0.3],
                NeedLag1 = [0.012, 0.30, 0.02], NeedLag2 = [0.008, 0.20, 0.01], NeedWoman = -0.3, NeedSingle = 0.2, NeedYear = -0.05,
            },
            new("fft", "Funktionell familjeterapi (FFT)", "Functional family therapy (FFT)")
            {
                Primary = new(new MeasureCode(Offences), 4, OutcomeSummary.SumToHorizon),
                SmallestWorthwhileEffect = 0.3, Cost = 78_000, Strength = [-0.3, -0.5, -0.2],
                NeedLag1 = [0.008, 0.35, 0.02], NeedLag2 = [0.004, 0.25, 0.01], NeedWoman = -0.2, NeedSingle = 0.3,
            },
        ],
    };

    private static Population PlacedChildren() => new("placed-children", 0.08, 2007, 2010)
    {
        Measures =
        [
            new(Absence, MeasureForm.Percent, 0.4, 1.0, 0.3),
            new(Placed, MeasureForm.Fortnights, 0.2, 0.8, 0.4),
            new(Psychiatry, MeasureForm.Count, -0.8, 0.5, 0.2),
        ],
        Methods =
        [
            new("skolfam", "Skolfam", "Skolfam (school support for children in foster care)")
            {
                Primary = new(new MeasureCode(Absence), 4, OutcomeSummary.AtHorizon),
                SmallestWorthwhileEffect = 2, Cost = 61_000, Strength = [-0.9, -0.1, -0.1],
                NeedLag1 = [0.06, 0.004, 0.1], NeedLag2 = [0.04, 0.002, 0], NeedWoman = -0.2, NeedYear = 0.05,
            },
            new("tfco", "Behandlingsfamilj (TFCO)", "Treatment foster care (TFCO)")
            {
                Primary = new(new MeasureCode(Placed), 4, OutcomeSummary.SumToHorizon),
                SmallestWorthwhileEffect = 20, Cost = 240_000, Strength = [0, 0, 0],
                NeedLag1 = [0.03, 0.010, 0.1], NeedLag2 = [0.02, 0.006, 0.1], NeedSingle = 0.2,
            },
        ],
    };

    private static Population Pupils() => new("pupils", 0.30, 2011, 2014)
    {
        Measures = [new(Absence, MeasureForm.Percent, 0, 1.0, 0.4), new(Psychiatry, MeasureForm.Count, -1.2, 0.6, 0.2)],
        Methods =
        [
            new("skolteam", "Skolsocialt team i klassen", "School and social services team in the class")
            {
                Primary = new(new MeasureCode(Absence), 4, OutcomeSummary.AtHorizon),
                IsGroupDelivered = true,
                SmallestWorthwhileEffect = 1.5, Cost = 14_000, Strength = [-0.8, -0.1],
                NeedLag1 = [0.08, 0.15], NeedLag2 = [0.06, 0.10], NeedWoman = -0.2, NeedSingle = 0.3, NeedYear = 0.03,
                TargetMeasure = 0, TargetMinimum = 5,
            },
            new("komet", "Komet för föräldrar", "Komet parent training")
            {
                Primary = new(new MeasureCode(Psychiatry), 4, OutcomeSummary.SumToHorizon),
                SmallestWorthwhileEffect = 0.5, Cost = 19_000, Strength = [0, 0],
                NeedLag1 = [0.05, 0.30], NeedLag2 = [0.03, 0.20], NeedSingle = 0.2,
            },
        ],
    };
}
