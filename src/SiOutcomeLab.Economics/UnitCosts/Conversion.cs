namespace SiOutcomeLab.Economics.UnitCosts;

/// <summary>One step from the unit that a figure was published in to the measure's unit.</summary>
/// <param name="Name">What it does, e.g. <c>months_per_household_year</c>.</param>
/// <param name="Divides">True when the figure is divided by the factor, false when multiplied.</param>
/// <param name="Factor">The factor; above 0.</param>
public sealed record ConversionStep(string Name, bool Divides, decimal Factor);

/// <summary>How a figure per published unit becomes a figure per unit of the measure. No steps: the units are the same.</summary>
/// <param name="Steps">The steps, in the order in which they are told.</param>
public sealed record Conversion(IReadOnlyList<ConversionStep> Steps)
{
    /// <summary>The product of the factors that multiply.</summary>
    public decimal Multiplier => Steps.Where(s => !s.Divides).Aggregate(1m, (product, s) => product * s.Factor);

    /// <summary>The product of the factors that divide.</summary>
    public decimal Divisor => Steps.Where(s => s.Divides).Aggregate(1m, (product, s) => product * s.Factor);
}
