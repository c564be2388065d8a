using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Country.Programme;

/// <summary>
/// The persons whom two methods are for. Populations differ in year of birth, so that a plan's target group tells them apart.
/// </summary>
public sealed class Population
{
    internal Population(string code, double share, int firstYear, int lastYear)
    {
        Code = code;
        Share = share;
        FirstYear = firstYear;
        LastYear = lastYear;
    }

    /// <summary>Its code.</summary>
    public string Code { get; }

    /// <summary>Its share of all persons.</summary>
    public double Share { get; }

    /// <summary>The earliest year of birth.</summary>
    public int FirstYear { get; }

    /// <summary>The latest year of birth.</summary>
    public int LastYear { get; }

    /// <summary>The two methods for it.</summary>
    public required IReadOnlyList<Method> Methods { get; init; }

    /// <summary>The measures that it is followed by, by their codes.</summary>
    public IReadOnlyList<string> MeasureCodes => [.. Measures.Select(m => m.Code)];

    internal FollowedMeasure[] Measures { get; init; } = [];

    /// <summary>Whether schooling of their own is known: not of children.</summary>
    internal bool AreAdults { get; init; }

    /// <summary>The age at whose year's end they leave follow-up; null for none.</summary>
    internal int? AgesOutAt { get; init; }

    /// <summary>The middle of the years of birth.</summary>
    internal double MiddleYear => (FirstYear + LastYear) / 2.0;

    /// <summary>The place of a measure, −1 when the population is not followed by it.</summary>
    /// <param name="measure">The measure's code.</param>
    public int IndexOf(string measure) => Array.FindIndex(Measures, m => m.Code == measure);

    /// <summary>Who may take part in a method, as a plan says it.</summary>
    /// <param name="method">One of <see cref="Methods"/>.</param>
    public IReadOnlyList<TargetCondition> TargetGroup(Method method)
    {
        var years = new TargetCondition("birth_year", 1, FirstYear, LastYear, null);
        return method.TargetMeasure < 0
            ? [years]
            : [years, new TargetCondition(Measures[method.TargetMeasure].Code, 1, method.TargetMinimum, method.TargetMaximum, null)];
    }

    /// <summary>What decides who starts, and therefore what a plan has to balance on: nothing else does.</summary>
    public IReadOnlyList<CovariateTerm> Covariates() =>
    [
        new("sex", 1, "man"),
        new("birth_year", 1),
        .. AreAdults ? new CovariateTerm[] { new("education_level", 1, "compulsory") } : [],
        new("household_type", 1, "couple_with_children"),
        .. Measures.SelectMany(m => new[] { new CovariateTerm(m.Code, 1), new CovariateTerm(m.Code, 2) }),
    ];
}
