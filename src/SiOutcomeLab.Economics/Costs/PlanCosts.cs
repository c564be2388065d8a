using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Economics.Baselines;
using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.Quantities;
using SiOutcomeLab.Economics.Savings;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Costs;

/// <summary>
/// A plan in kronor at one look, at full precision and in plain values: both baselines and the saving, with the prices they rest on. For
/// keeping and for the disclosure gate; no person's influence is in it.
/// </summary>
/// <param name="Plan">The plan.</param>
/// <param name="Look">The look.</param>
/// <param name="HorizonYears">Whole years after the start that are counted.</param>
/// <param name="Terms">With which unit costs, in which prices.</param>
/// <param name="Gaps">Measures of the plan that the unit costs cannot price, told and not counted.</param>
/// <param name="Prices">Every price used; empty when no measure could be priced.</param>
/// <param name="TargetGroup">Kronor per person-year of the eligible and untreated; null when there is none.</param>
/// <param name="Counterfactual">Kronor per person-year that participants would have cost; null when the groups are not comparable.</param>
/// <param name="Saving">What the effect is in kronor; null when there is no effect to count.</param>
/// <param name="NotEstimable">Why there is no saving; null when there is one, or nothing could be priced.</param>
public sealed record PlanCosts(
    EvaluationPlan Plan,
    int Look,
    int HorizonYears,
    CostTerms Terms,
    IReadOnlyList<CostGap> Gaps,
    IReadOnlyList<PriceUsed> Prices,
    BaselineSummary? TargetGroup,
    BaselineSummary? Counterfactual,
    SavingSummary? Saving,
    NotEstimable? NotEstimable);

/// <summary>With which unit costs, in which prices and at which rate something was counted.</summary>
/// <param name="UnitCostSet">The unit costs.</param>
/// <param name="RegisterHash">The register they are of.</param>
/// <param name="PriceLevel">The prices.</param>
/// <param name="UsedOn">The day of use.</param>
/// <param name="Rate">How later years are discounted in a saving; baselines are not discounted.</param>
/// <param name="Level">The intervals' level.</param>
public sealed record CostTerms(
    string UnitCostSet, string RegisterHash, PriceLevel PriceLevel, DateOnly UsedOn, DiscountRate Rate, double Level)
{
    /// <summary>A short name of set, register, price level and rate: with another, the same quantities have other kronor.</summary>
    [JsonIgnore]
    public string Mark => MarkOf(UnitCostSet, RegisterHash, PriceLevel, Rate);

    /// <summary>The mark of terms that have not been used yet; eight hexadecimal digits.</summary>
    /// <param name="set">The unit costs.</param>
    /// <param name="registerHash">The register they are of.</param>
    /// <param name="level">The prices.</param>
    /// <param name="rate">How later years are discounted.</param>
    public static string MarkOf(string set, string registerHash, PriceLevel level, DiscountRate rate)
    {
        ArgumentNullException.ThrowIfNull(level);
        ArgumentNullException.ThrowIfNull(rate);
        var text = string.Create(CultureInfo.InvariantCulture, $"{set}\n{registerHash}\n{level.Index}\n{level.Year}\n{rate.PerYear:0.############}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 4));
    }
}

/// <summary>A baseline's sums.</summary>
/// <param name="PerPersonYear">Kronor per person-year.</param>
/// <param name="Winsorised">What the mean owes to its dearest rows (a person has one for each index period).</param>
public sealed record BaselineSummary(MoneySummary PerPersonYear, WinsorisedCost Winsorised);

/// <summary>A saving's sums in three lines, per participant.</summary>
/// <param name="Participants">Whom money counts: all participants, or under 80 % retained only those that the effect was estimated on.</param>
/// <param name="HoldsFor">The group that the effect holds for.</param>
/// <param name="ShareRetained">The share of participants that the effect was estimated on.</param>
/// <param name="Treated">Participants that it was estimated on.</param>
/// <param name="Comparison">Comparison persons with weight.</param>
/// <param name="EffectiveComparison">Kish's effective number of comparison rows, at most the persons.</param>
/// <param name="ResidualDegreesOfFreedom">Persons minus the parameters of the model.</param>
/// <param name="Standing">Verified or indicative; indicative savings pay nothing.</param>
/// <param name="EconomicValue">The whole value.</param>
/// <param name="Marginal">What stops being spent.</param>
/// <param name="BudgetReducible">What budgets can be cut by within the horizon.</param>
/// <param name="BudgetReducibleLater">What they can be cut by first after it.</param>
/// <param name="WinsorisedPaid">What payers save in economic value when each measure and year is cut at its 99th percentile.</param>
/// <param name="PersonsCut">Persons of whom something was cut.</param>
public sealed record SavingSummary(
    int Participants,
    EstimateGroup HoldsFor,
    double ShareRetained,
    int Treated,
    int Comparison,
    double EffectiveComparison,
    int ResidualDegreesOfFreedom,
    Standing Standing,
    MoneySummary EconomicValue,
    MoneySummary Marginal,
    MoneySummary BudgetReducible,
    MoneySummary BudgetReducibleLater,
    decimal WinsorisedPaid,
    int PersonsCut)
{
    /// <summary>
    /// The effects that were priced, so that they can be held against other prices when rows are gone; null where they were not kept.
    /// </summary>
    public IReadOnlyList<MeasureQuantity>? Effects { get; init; }
}
