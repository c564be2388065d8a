namespace SiOutcomeLab.Economics.Quantities;

/// <summary>How many stand behind a figure, so that a disclosure gate can judge it: counts, and the largest shares for dominance.</summary>
/// <param name="Persons">Persons in the group.</param>
/// <param name="PersonsWithAny">Those of them with anything of the measure at all.</param>
/// <param name="LargestPersonShare">The largest person's share of the sum, in [0, 1].</param>
/// <param name="Municipalities">Municipalities that contribute.</param>
/// <param name="LargestMunicipalityShare">The largest municipality's share of the sum, in [0, 1].</param>
/// <param name="TwoLargestMunicipalitiesShare">The two largest municipalities' share of the sum, in [0, 1].</param>
public sealed record Contributors(
    int Persons,
    int PersonsWithAny,
    double LargestPersonShare,
    int Municipalities,
    double LargestMunicipalityShare,
    double TwoLargestMunicipalitiesShare)
{
    /// <summary>Nobody: what stands behind no line.</summary>
    public static Contributors None { get; } = new(0, 0, 1, 0, 1, 1);

    /// <summary>
    /// What holds for a sum of several figures whichever way their contributors overlap: the fewest persons and municipalities of any, the largest
    /// shares of any. (A share of a sum of figures above zero is at most the largest of the shares.)
    /// </summary>
    /// <param name="parts">The figures' contributors.</param>
    public static Contributors BehindAll(IEnumerable<Contributors> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var all = parts.ToList();
        if (all.Count == 0) return None;
        return new Contributors(
            all.Min(c => c.Persons),
            all.Min(c => c.PersonsWithAny),
            all.Max(c => c.LargestPersonShare),
            all.Min(c => c.Municipalities),
            all.Max(c => c.LargestMunicipalityShare),
            all.Max(c => c.TwoLargestMunicipalitiesShare));
    }
}
