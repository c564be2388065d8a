using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace SiOutcomeLab.Contract;

/// <summary>A group of comparable municipalities.</summary>
/// <param name="Code">A letter and a digit, A1–C9.</param>
/// <param name="NameSv">Its name.</param>
/// <param name="NameEn">Its name in English.</param>
public sealed record MunicipalityGroup(string Code, string NameSv, string NameEn);

/// <summary>
/// Which group each municipality is in. Read once from the embedded table; immutable. Source: Swedish Association of Local Authorities and
/// Regions (SKR), "Kommungruppsindelning".
/// </summary>
public sealed class MunicipalityGroups
{
    private readonly FrozenDictionary<string, MunicipalityGroup> _byMunicipality;

    private MunicipalityGroups(IReadOnlyList<MunicipalityGroup> all, FrozenDictionary<string, MunicipalityGroup> byMunicipality) =>
        (All, _byMunicipality) = (all, byMunicipality);

    /// <summary>The groups of this version.</summary>
    public static MunicipalityGroups Current { get; } = Load();

    /// <summary>All groups, by code.</summary>
    public IReadOnlyList<MunicipalityGroup> All { get; }

    /// <summary>Finds the group of a municipality.</summary>
    /// <param name="municipality">Its four digits.</param>
    /// <param name="group">Its group, when it is in one.</param>
    public bool TryFind(string municipality, [NotNullWhen(true)] out MunicipalityGroup? group) => _byMunicipality.TryGetValue(municipality, out group);

    private static MunicipalityGroups Load()
    {
        var groups = CatalogueTable.Embedded("municipality_group_names.csv").Rows()
            .Select(row => new MunicipalityGroup(row["code"], row["name_sv"], row["name_en"])).ToArray();
        var members = new Dictionary<string, MunicipalityGroup>(StringComparer.Ordinal);
        foreach (var row in CatalogueTable.Embedded("municipality_groups.csv").Rows())
        {
            members.Add(row["municipality"], Array.Find(groups, g => g.Code == row["group"]) ?? throw row.Bad("group"));
        }

        return new MunicipalityGroups(groups, members.ToFrozenDictionary(StringComparer.Ordinal));
    }
}
