using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Contract;

/// <summary>
/// The columns of the two files: the fixed ones, and for observations one per row of the covariate and measure catalogues.
/// </summary>
internal static class ContractColumns
{
    public const string PersonId = "person_id";
    public const string MunicipalityCode = "municipality_code";
    public const string PeriodStart = "period_start";
    public const string InterventionCode = "intervention_code";
    public const string StartDate = "start_date";
    public const string EndDate = "end_date";

    public static IReadOnlyList<ContractColumn> Participations { get; } =
    [
        new(PersonId, ColumnContent.PersonId, Required: true),
        new(InterventionCode, ColumnContent.Intervention, Required: true),
        new(StartDate, ColumnContent.Date, Required: true),
        new(EndDate, ColumnContent.Date, Required: false),
        new("dose", ColumnContent.Number, Required: false) { Minimum = 0, Maximum = 1_000_000 },
        new("completed", ColumnContent.Flag, Required: false) { Minimum = 0, Maximum = 1, Whole = true },
        new("group_id", ColumnContent.ShortText, Required: false),
    ];

    public static IReadOnlyList<ContractColumn> Observations(PeriodLength length) =>
    [
        new(PersonId, ColumnContent.PersonId, Required: true),
        new(MunicipalityCode, ColumnContent.Municipality, Required: true),
        new(PeriodStart, ColumnContent.Date, Required: true),
        .. CovariateCatalogue.Current.All.Select(Of),
        .. MeasureCatalogue.Current.All.Select(m => Of(m, length)),
        new("exit_reason", ColumnContent.Category, Required: false) { Categories = ["moved", "died", "aged_out"] },
        new("exit_date", ColumnContent.Date, Required: false),
    ];

    private static ContractColumn Of(Covariate covariate) => covariate.Kind == ValueKind.Category
        ? new(covariate.Code, ColumnContent.Category, Required: false)
        {
            Categories = covariate.Categories,
            TeachingOnly = covariate.Scope == CatalogueScope.Teaching,
        }
        : new(covariate.Code, ColumnContent.Number, Required: false)
        {
            Minimum = covariate.Minimum ?? double.NegativeInfinity,
            Maximum = covariate.Maximum ?? double.PositiveInfinity,
            Whole = covariate.Kind == ValueKind.Whole,
            TeachingOnly = covariate.Scope == CatalogueScope.Teaching,
        };

    private static ContractColumn Of(Measure measure, PeriodLength length) => new(measure.Code.Code, ColumnContent.Number, Required: false)
    {
        Minimum = measure.Minimum,
        Maximum = measure.MaximumFor(length),
        Whole = measure.Kind == ValueKind.Whole,
        IsMeasure = true,
        TeachingOnly = measure.Scope == CatalogueScope.Teaching,
    };
}
