namespace SiOutcomeLab.Country.Places;

/// <summary>
/// Groups of municipalities alike, made here from size and county alone: no list of SKR's own groups (A1 to C9) with a public licence was
/// at hand, and theirs also go by the size of the largest town and by commuting. The names begin with <c>syn-</c>, so that nobody takes
/// one for the other.
/// </summary>
public static class PlaceGroups
{
    private const int LargeCity = 200_000;
    private const int LargerTown = 50_000;
    private const int SmallerTown = 15_000;
    private static readonly HashSet<string> CityCounties = ["01", "12", "14"];
    private static readonly HashSet<string> NorthernCounties = ["20", "21", "22", "23", "24", "25"];

    /// <summary>The groups' codes.</summary>
    public static IReadOnlyList<string> All { get; } =
        ["syn-large-city", "syn-near-large-city", "syn-larger-town", "syn-smaller-town", "syn-rural-south", "syn-rural-north"];

    /// <summary>The group of a municipality.</summary>
    /// <param name="population">Its inhabitants.</param>
    /// <param name="countyCode">Its county.</param>
    public static string Of(int population, string countyCode) => population switch
    {
        >= LargeCity => All[0],
        >= SmallerTown when CityCounties.Contains(countyCode) => All[1],
        >= LargerTown => All[2],
        >= SmallerTown => All[3],
        _ => NorthernCounties.Contains(countyCode) ? All[5] : All[4],
    };
}
