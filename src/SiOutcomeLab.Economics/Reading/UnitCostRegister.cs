using System.Security.Cryptography;
using System.Text;
using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Reading;

/// <summary>Unit costs by set, and the price indices that bring them to one level.</summary>
/// <param name="Sets">The sets, in the file's order.</param>
/// <param name="Indices">The price indices, by code.</param>
/// <param name="BudgetItems">The budget items, in the file's order.</param>
/// <param name="ContentHash">SHA-256 of the four files (hexadecimal), for a result's lineage: another hash, other prices.</param>
public sealed record UnitCostRegister(
    IReadOnlyList<UnitCostSet> Sets, IReadOnlyList<PriceIndex> Indices, IReadOnlyList<BudgetItem> BudgetItems, string ContentHash)
{
    private static readonly Lazy<UnitCostRegister> ShippedRegister = new(ReadShipped);

    /// <summary>The register that comes with the lab (<c>datasets/unit_costs</c>).</summary>
    public static UnitCostRegister Shipped => ShippedRegister.Value;

    /// <summary>A set by its code; null when there is none.</summary>
    /// <param name="code">The code.</param>
    public UnitCostSet? FindSet(string code) => Sets.FirstOrDefault(s => s.Code == code);

    /// <summary>A price index by its code; null when there is none.</summary>
    /// <param name="code">The code.</param>
    public PriceIndex? FindIndex(string code) => Indices.FirstOrDefault(i => i.Code == code);

    private static UnitCostRegister ReadShipped()
    {
        var reading = UnitCostRegisterReader.Read(RegisterFiles.Shipped());
        var findings = reading.Findings.Select(f => $"{f.File}, line {f.Line}, column {f.Column}: {f.Rule}");
        return reading.Register ?? throw new InvalidDataException($"The shipped unit costs cannot be read: {string.Join("; ", findings)}.");
    }
}

/// <summary>The register's four files, as text.</summary>
/// <param name="Sets">What <c>unit_cost_sets.csv</c> holds.</param>
/// <param name="BudgetItems">What <c>budget_items.csv</c> holds.</param>
/// <param name="UnitCosts">What <c>unit_costs.csv</c> holds.</param>
/// <param name="PriceIndex">What <c>price_index.csv</c> holds.</param>
public sealed record RegisterFiles(string Sets, string BudgetItems, string UnitCosts, string PriceIndex)
{
    /// <summary>The files that come with the lab; a start for a register of one's own.</summary>
    public static RegisterFiles Shipped() =>
        new(Embedded("unit_cost_sets.csv"), Embedded("budget_items.csv"), Embedded("unit_costs.csv"), Embedded("price_index.csv"));

    /// <summary>SHA-256 of the four texts; the line ends' kind and a byte order mark do not count.</summary>
    internal string Hash()
    {
        string[] texts = [Sets, BudgetItems, UnitCosts, PriceIndex];
        // A zero byte between the texts, which none of them holds, so that no text can pass into the next.
        var all = string.Join('\0', texts.Select(t => t.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)));
    }

    private static string Embedded(string name)
    {
        using var stream = typeof(RegisterFiles).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidDataException($"The table {name} is not embedded in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

/// <summary>What came of reading a register.</summary>
/// <param name="Register">The register; null when anything is wrong.</param>
/// <param name="Findings">Everything that is wrong, by file, line and column.</param>
public sealed record RegisterReading(UnitCostRegister? Register, IReadOnlyList<RegisterFinding> Findings);
