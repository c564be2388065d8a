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

    /// <summary>Counts who stands behind a weighted sum or mean of persons' values.</summary>
    /// <param name="values">What each person had; finite. Values of both signs count by their size.</param>
    /// <param name="weights">One weight per person, zero or more; null when all count the same. Who has weight 0 does not
    /// contribute.</param>
    /// <param name="municipalities">Each person's municipality, by any number that tells them apart.</param>
    public static Contributors Of(IReadOnlyList<double> values, IReadOnlyList<double>? weights, IReadOnlyList<int> municipalities)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(municipalities);
        if (municipalities.Count != values.Count || (weights is not null && weights.Count != values.Count))
        {
            throw new ArgumentException("There must be one value, weight and municipality per person.", nameof(values));
        }

        var persons = Enumerable.Range(0, values.Count).Where(i => weights is null || weights[i] > 0).ToList();
        if (persons.Count == 0) return None;
        var parts = persons.Select(i => Math.Abs(values[i]) * (weights?[i] ?? 1)).ToList();
        if (!parts.TrueForAll(double.IsFinite)) throw new ArgumentException("A value or weight is not a finite number.", nameof(values));
        var byMunicipality = persons.Zip(parts, (i, part) => (Municipality: municipalities[i], Part: part))
            .GroupBy(p => p.Municipality).Select(g => g.Sum(p => p.Part)).OrderDescending().ToList();
        var total = byMunicipality.Sum();
        var largest = total > 0 ? byMunicipality[0] / total : 1;
        return new Contributors(
            persons.Count,
            parts.Count(p => p > 0),
            total > 0 ? parts.Max() / total : 1,
            byMunicipality.Count,
            largest,
            total > 0 ? byMunicipality.Take(2).Sum() / total : 1);
    }

    /// <summary>
    /// What holds for a sum of several figures whichever way their contributors overlap: the fewest persons and municipalities of any, the
    /// largest shares of any. (A share of a sum of figures above zero is at most the largest of the shares.)
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
