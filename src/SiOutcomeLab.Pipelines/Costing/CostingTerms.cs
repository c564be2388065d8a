using SiOutcomeLab.Economics.Costs;
using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.Reading;
using SiOutcomeLab.Economics.Savings;
using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Pipelines.Costing;

/// <summary>On which terms every run is put in kronor: by each of some sets of unit costs, at one price level and one rate.</summary>
/// <param name="Register">The register.</param>
/// <param name="Sets">Codes of its sets, in the order in which they are told.</param>
/// <param name="Index">The code of the index that moves prices.</param>
/// <param name="PriceYear">The price level.</param>
/// <param name="Rate">How later years are discounted in a saving.</param>
public sealed record CostingTerms(UnitCostRegister Register, IReadOnlyList<string> Sets, string Index, int PriceYear, DiscountRate Rate)
{
    /// <summary>The mark of each set's terms, in the order of the sets.</summary>
    public IReadOnlyList<string> Marks => [.. Sets.Select(MarkOf)];

    /// <summary>Prices by a set on a day.</summary>
    /// <param name="set">The set's code.</param>
    /// <param name="usedOn">The day.</param>
    /// <exception cref="ArgumentException">The register has no such set, or not the index.</exception>
    public PriceTerms PricesOf(string set, DateOnly usedOn) => new(
        Register.FindSet(set) ?? throw new ArgumentException($"The register has no set {set}.", nameof(set)), PriceIndex, PriceYear, usedOn);

    internal string MarkOf(string set) => CostTerms.MarkOf(set, Register.ContentHash, new PriceLevel(PriceYear, Index, PriceIndex.Name), Rate);

    internal PlanCosting On(string set, DateOnly usedOn) => new(PricesOf(set, usedOn), Register.ContentHash, Rate, new LogisticRegression());

    private PriceIndex PriceIndex => Register.FindIndex(Index) ?? throw new ArgumentException($"The register has no index {Index}.");
}
