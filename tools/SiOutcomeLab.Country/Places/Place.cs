namespace SiOutcomeLab.Country.Places;

/// <summary>A municipality of the made country: a real one's code and size, and nobody real in it.</summary>
/// <param name="Code">Statistics Sweden's four digits.</param>
/// <param name="Name">Its name.</param>
/// <param name="CountyCode">Its county's two digits.</param>
/// <param name="Population">Inhabitants on 31 December 2024.</param>
/// <param name="Group">Its group among municipalities alike, see <see cref="PlaceGroups"/>.</param>
public sealed record Place(string Code, string Name, string CountyCode, int Population, string Group)
{
    /// <summary>The code as a number, for seeds.</summary>
    internal ulong Number => ulong.Parse(Code, System.Globalization.CultureInfo.InvariantCulture);
}
