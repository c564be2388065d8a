using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Economics.Baselines;
using SiOutcomeLab.Economics.UnitCosts;
using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Pipelines.Costing;
using SiOutcomeLab.Storage.Catalogue;
using Wire = SiOutcomeLab.Protos.Costs.V1;

namespace SiOutcomeLab.Hub.Features.Costs;

/// <summary>Which kronor and unit costs a reader asks for. A code that nobody knows is named in the refusal: an empty list would hide the slip.</summary>
internal sealed class CostQuestion(IPlanCatalogue plans, CostingTerms terms)
{
    private const string Plan = "filter.plan";
    private const string Method = "filter.method";

    /// <exception cref="HubException">The filter asks for something that cannot be.</exception>
    public async Task<CostFilter> ReadAsync(Wire.CostFilter? filter, CancellationToken cancellationToken)
    {
        if (filter is null) return new CostFilter();
        if (filter.HorizonYears < 0) throw HubException.FieldInvalid("filter.horizon_years", "must not be negative.");
        if (filter.PriceYear < 0) throw HubException.FieldInvalid("filter.price_year", "must not be negative.");
        var (plan, method) = (Code(Plan, filter.Plan), Code(Method, filter.Method));
        if (plan is not null && await plans.FindPlanAsync(plan, cancellationToken) is null)
        {
            throw HubException.FieldInvalid(Plan, $"{plan} is no plan that anybody has registered.");
        }

        if (method is not null && (await plans.ListInterventionsAsync(null, cancellationToken)).All(i => i.Method != method))
        {
            throw HubException.FieldInvalid(Method, $"{method} is no method that anybody has registered.");
        }

        var set = NullIfEmpty(filter.UnitCostSet) is { } code ? Set("filter.unit_cost_set", code).Code : null;
        return new CostFilter
        {
            Subject = plan,
            Organisation = Organisation(filter.Organisation),
            Method = method,
            Measure = Measure("filter.measure", filter.Measure)?.Code,
            MunicipalityGroup = Group(filter.MunicipalityGroup),
            HorizonYears = filter.HorizonYears == 0 ? null : filter.HorizonYears,
            UnitCostSet = set,
            PriceYear = filter.PriceYear == 0 ? null : filter.PriceYear,
        };
    }

    /// <summary>A set of the register.</summary>
    public UnitCostSet Set(string field, string text) => terms.Register.FindSet(Code(field, text) ?? string.Empty)
        ?? throw HubException.FieldInvalid(
            field, $"{(text.Length == 0 ? "must name a set" : $"{text} is no set of the register")}: {string.Join(", ", terms.Register.Sets.Select(s => s.Code))}.");

    /// <summary>A measure of the catalogue; null when none was asked for.</summary>
    public static MeasureCode? Measure(string field, string text)
    {
        if (Code(field, text) is not { } code) return null;
        return MeasureCatalogue.Current.TryFind(code, out _)
            ? new MeasureCode(code)
            : throw HubException.FieldInvalid(field, $"{code} is no measure of the catalogue.");
    }

    /// <summary>A price level that the hub's index has; its own when none was asked for.</summary>
    public int PriceYear(string field, int asked)
    {
        if (asked == 0) return terms.PriceYear;
        var years = terms.Register.FindIndex(terms.Index)!.Rows.Select(r => r.Year).ToArray();
        return years.Contains(asked) ? asked : throw HubException.FieldInvalid(field, $"{asked} is not among the index's years, {years.Min()} to {years.Max()}.");
    }

    private static string? Organisation(string text) => text.Length == 0 ? null
        : MunicipalityRegister.Current.TryFind(text, out _) || OrganisationRegister.Current.TryFind(text, out _) ? text
        : throw HubException.FieldInvalid(
            "filter.organisation", CodeRule.IsValid(text) ? $"{text} is no organisation of the register." : "must be a municipality's or organisation's code.");

    private static string? Group(string text) => text.Length == 0 ? null
        : text == BaselineScope.WholeCountry || MunicipalityGroups.Current.All.Any(g => g.Code == text) ? text
        : throw HubException.FieldInvalid(
            "filter.municipality_group", $"{(CodeRule.IsValid(text.ToLowerInvariant()) ? text : "it")} is no municipality group; it must be one of {string.Join(", ", MunicipalityGroups.Current.All.Select(g => g.Code).Append(BaselineScope.WholeCountry))}.");

    private static string? Code(string field, string text) => text.Length == 0 ? null
        : CodeRule.IsValid(text) ? text
        : throw HubException.FieldInvalid(field, "must be 1–40 of a–z, 0–9, - and _.");

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
