namespace SiOutcomeLab.Economics.Money;

/// <summary>
/// Rounding for readers. The total is rounded to the nearest step (halves away from zero); every part is first cut down to a whole step
/// below it, and the steps that are then missing go to the parts that lost most, the earlier of two equals first. Shown parts so sum to the
/// shown total, and no part is off by a whole step or more.
/// </summary>
public static class LargestRemainder
{
    /// <summary>Rounds parts and their total.</summary>
    /// <param name="parts">The exact parts, in the order in which they are shown.</param>
    /// <param name="step">What amounts are shown in, e.g. 100 for whole hundreds of kronor; positive.</param>
    /// <returns>The shown parts, in the same order, and the shown total, which is their sum.</returns>
    public static (IReadOnlyList<decimal> Parts, decimal Total) Round(IReadOnlyList<decimal> parts, decimal step)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        var sum = 0m;
        foreach (var part in parts) sum += part;
        if (parts.Count == 0) return ([], 0m);

        var total = decimal.Round(sum / step, 0, MidpointRounding.AwayFromZero);
        var floors = new decimal[parts.Count];
        var missing = total;
        for (var i = 0; i < floors.Length; i++)
        {
            floors[i] = decimal.Floor(parts[i] / step);
            missing -= floors[i];
        }

        // Every part lost less than a step, so there is never more than one for each.
        var byLoss = Enumerable.Range(0, floors.Length).OrderByDescending(i => (parts[i] / step) - floors[i]).ThenBy(i => i).ToArray();
        for (var given = 0; given < missing; given++) floors[byLoss[given]] += 1m;
        return ([.. floors.Select(f => f * step)], total * step);
    }
}
