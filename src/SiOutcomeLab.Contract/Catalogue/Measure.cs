using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Measures;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Contract;

/// <summary>A quantity followed per person and period, as the measure catalogue describes it.</summary>
/// <param name="Code">Its code, also its column name in <c>observations</c>.</param>
/// <param name="NameSv">Its name in Swedish.</param>
/// <param name="NameEn">Its name in English.</param>
/// <param name="Aliases">Other headings it is known by in exports.</param>
/// <param name="Kind">Whole numbers or any finite numbers; never a category.</param>
/// <param name="UnitSv">Its unit in Swedish, in the plural.</param>
/// <param name="UnitEn">Its unit in English, in the plural.</param>
/// <param name="Minimum">The smallest allowed value in a period, inclusive.</param>
/// <param name="Ceiling">What decides the largest allowed value.</param>
/// <param name="FixedMaximum">The largest allowed value, inclusive, when <paramref name="Ceiling"/> is fixed; otherwise null.</param>
/// <param name="Direction">Which way is better.</param>
/// <param name="OwningSource">The one kind of organisation whose figure counts.</param>
/// <param name="AlsoFrom">Other kinds that may send a figure of their own following-up, where the owner's is not to be had.</param>
/// <param name="BudgetItem">The budget line that a change moves, in both languages; null when none does.</param>
/// <param name="IsRate">True when the value is 0 or 1 per person, so that means are shares of persons, told per 100 persons.</param>
/// <param name="Scope">Where it may be used.</param>
public sealed record Measure(
    MeasureCode Code,
    string NameSv,
    string NameEn,
    IReadOnlyList<string> Aliases,
    ValueKind Kind,
    string UnitSv,
    string UnitEn,
    double Minimum,
    MeasureCeiling Ceiling,
    double? FixedMaximum,
    MeasureDirection Direction,
    OwningSource OwningSource,
    IReadOnlyList<OwningSource> AlsoFrom,
    BilingualText? BudgetItem,
    bool IsRate,
    CatalogueScope Scope)
{
    /// <summary>How the measure is spoken of.</summary>
    public MeasureWords Words => new(new BilingualText(NameSv, NameEn), new BilingualText(UnitSv, UnitEn), Direction, IsRate);

    /// <summary>Whether a kind of organisation may send the measure.</summary>
    /// <param name="source">The kind.</param>
    public bool MayComeFrom(OwningSource source) => source == OwningSource || AlsoFrom.Contains(source);

    /// <summary>
    /// The largest allowed value, inclusive, in a period of the given length: at most 31, 92 or 366 days, or 1, 3 or 12 months.
    /// </summary>
    public double MaximumFor(PeriodLength length) => Ceiling switch
    {
        MeasureCeiling.DaysInPeriod => length switch { PeriodLength.Month => 31, PeriodLength.Quarter => 92, _ => 366 },
        MeasureCeiling.MonthsInPeriod => (int)length,
        _ => FixedMaximum ?? double.MaxValue,
    };
}

/// <summary>What decides a measure's largest allowed value.</summary>
public enum MeasureCeiling
{
    /// <summary>A number in the catalogue.</summary>
    Fixed = 1,

    /// <summary>The days of the longest period of the submission's period length.</summary>
    DaysInPeriod = 2,

    /// <summary>The months of a period.</summary>
    MonthsInPeriod = 3,
}

/// <summary>The one kind of organisation whose figure of a measure counts.</summary>
public enum OwningSource
{
    /// <summary>The municipality.</summary>
    Municipality = 1,

    /// <summary>The region (health care).</summary>
    Region = 2,

    /// <summary>Försäkringskassan.</summary>
    SocialInsuranceAgency = 3,

    /// <summary>Arbetsförmedlingen.</summary>
    PublicEmploymentService = 4,

    /// <summary>Skatteverket (employers' monthly returns).</summary>
    TaxAgency = 5,

    /// <summary>Police and courts.</summary>
    Police = 6,

    /// <summary>A shipped teaching data set.</summary>
    Teaching = 7,
}
