using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace SiOutcomeLab.Contract;

/// <summary>A municipality.</summary>
/// <param name="Code">Four digits: Statistics Sweden's code, or 99xx for a teaching municipality.</param>
/// <param name="Name">Its name.</param>
/// <param name="County">Its county's name; empty for a teaching municipality.</param>
/// <param name="CountyCode">Its county's two digits, the first two of the code.</param>
/// <param name="IsTeaching">True for an invented municipality that carries a shipped teaching data set.</param>
public sealed record Municipality(string Code, string Name, string County, string CountyCode, bool IsTeaching);

/// <summary>
/// Sweden's 290 municipalities and the invented ones of the teaching data. Read once from the embedded tables; immutable.
/// Source of the real ones: Statistics Sweden, "Län och kommuner i kodnummerordning".
/// </summary>
public sealed class MunicipalityRegister
{
    private readonly FrozenDictionary<string, Municipality> _byCode;

    private MunicipalityRegister(IReadOnlyList<Municipality> all)
    {
        All = all;
        _byCode = all.ToFrozenDictionary(m => m.Code, StringComparer.Ordinal);
    }

    /// <summary>The register of this version.</summary>
    public static MunicipalityRegister Current { get; } = Load();

    /// <summary>All municipalities: the real ones by code, then the teaching ones by code.</summary>
    public IReadOnlyList<Municipality> All { get; }

    /// <summary>Finds a municipality by its four digits.</summary>
    /// <param name="code">The code.</param>
    /// <param name="municipality">The municipality, when there is one.</param>
    public bool TryFind(string code, [NotNullWhen(true)] out Municipality? municipality) => _byCode.TryGetValue(code, out municipality);

    /// <summary>True when the organisation is a teaching municipality, which alone may send under the open-data policy.</summary>
    /// <param name="code">An organisation's code.</param>
    public bool IsTeaching(string code) => TryFind(code, out var municipality) && municipality.IsTeaching;

    private static MunicipalityRegister Load()
    {
        var all = new List<Municipality>();
        foreach (var row in CatalogueTable.Embedded("municipalities.csv").Rows())
        {
            all.Add(new Municipality(row["code"], row["name"], row["county"], row["county_code"], IsTeaching: false));
        }

        foreach (var row in CatalogueTable.Embedded("teaching_municipalities.csv").Rows())
        {
            all.Add(new Municipality(row["code"], row["name"], string.Empty, row["code"][..2], IsTeaching: true));
        }

        return new MunicipalityRegister(all);
    }
}
