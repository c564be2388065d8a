using SiOutcomeLab.Domain;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Words;

/// <summary>Why something cannot be told in kronor, and what would help.</summary>
public static class GapWords
{
    /// <summary>One gap in a sentence.</summary>
    /// <param name="gap">The gap.</param>
    public static BilingualText Say(CostGap gap)
    {
        ArgumentNullException.ThrowIfNull(gap);
        var what = string.Join(", ", gap.Missing);
        return gap.Kind switch
        {
            CostGapKind.NoUnitCost => new(
                $"Uppsättningen {gap.Set} har ingen enhetskostnad för {gap.Measure}. Lägg till en rad, eller räkna med en annan uppsättning.",
                $"The set {gap.Set} has no unit cost for {gap.Measure}. Add a row, or reckon with another set."),
            CostGapKind.Incomplete => new(
                $"Enhetskostnaden {gap.UnitCost} i {gap.Set} saknar {what} och kan inte användas för kronor. Fyll i det som saknas.",
                $"The unit cost {gap.UnitCost} in {gap.Set} lacks {what} and cannot be used for kronor. Fill in what is missing."),
            CostGapKind.SeveralUnitCosts => new(
                $"Uppsättningen {gap.Set} har flera enhetskostnader för {gap.Measure}: {what}. Välj vilka som ska gälla.",
                $"The set {gap.Set} has several unit costs for {gap.Measure}: {what}. Choose which to take."),
            CostGapKind.UnknownUnitCost => new(
                $"Uppsättningen {gap.Set} har ingen enhetskostnad {what} för {gap.Measure}. Se vilka som finns.",
                $"The set {gap.Set} has no unit cost {what} for {gap.Measure}. See which there are."),
            CostGapKind.OutsideValidity => new(
                $"Enhetskostnaden {gap.UnitCost} i {gap.Set} gäller inte den dag den används. Använd en som gäller.",
                $"The unit cost {gap.UnitCost} in {gap.Set} is not valid on the day it is used. Use one that is."),
            CostGapKind.IndexHasNoYear => new(
                $"Prisindexet {gap.Set} saknar {what}, som {gap.UnitCost} behöver. Välj en annan prisnivå, eller lägg till raden.",
                $"The price index {gap.Set} has no row for {what}, which {gap.UnitCost} needs. Choose another price level, or add the row."),
            CostGapKind.UnitDiffers => new(
                $"Enhetskostnaden {gap.UnitCost} i {gap.Set} gäller {gap.Measure} i {what}, men mängden är i en annan enhet.",
                $"The unit cost {gap.UnitCost} in {gap.Set} prices {gap.Measure} in {what}, but the quantity is in another unit."),
            _ => throw new ArgumentOutOfRangeException(nameof(gap), gap.Kind, "A gap without words; add it to the bank."),
        };
    }
}
