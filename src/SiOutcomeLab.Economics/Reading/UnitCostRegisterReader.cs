using SiOutcomeLab.Domain;
using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Reading;

/// <summary>Reads a register from its four files. Everything wrong is told at once, by file, line and column.</summary>
public static class UnitCostRegisterReader
{
    private const string SetsFile = "unit_cost_sets.csv";
    private const string ItemsFile = "budget_items.csv";
    private const string IndexFile = "price_index.csv";

    /// <summary>Reads a register.</summary>
    /// <param name="files">The files' text: UTF-8, comma separated, first line the header.</param>
    /// <returns>The register, or what is wrong.</returns>
    public static RegisterReading Read(RegisterFiles files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var findings = new List<RegisterFinding>();
        var items = Items(files.BudgetItems, findings);
        var sets = Sets(files.Sets, findings);
        var rows = UnitCostRows.Read(files.UnitCosts, sets.Select(s => s.Code).ToHashSet(StringComparer.Ordinal), items, findings);
        var indices = Indices(files.PriceIndex, findings);
        if (findings.Count > 0)
        {
            return new RegisterReading(null, [.. findings.OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line)]);
        }

        var bySet = rows.ToLookup(r => r.Set, StringComparer.Ordinal);
        // By code and not by place in the file: the order of rows means nothing.
        return new RegisterReading(
            new UnitCostRegister(
                [.. sets.Select(s => s with { Rows = [.. bySet[s.Code].OrderBy(r => r.Code, StringComparer.Ordinal)] })],
                indices,
                [.. items.Values],
                files.Hash()),
            []);
    }

    private static Dictionary<string, BudgetItem> Items(string text, List<RegisterFinding> findings)
    {
        var items = new Dictionary<string, BudgetItem>(StringComparer.Ordinal);
        foreach (var row in RegisterTable.Parse(ItemsFile, text, ["code", "actor", "name_sv", "name_en"], findings).Rows())
        {
            var code = row.Code("code");
            var actor = row.Word<Actor>("actor");
            if (row.Text("actor") is null) row.Find("actor", RegisterRule.Empty);
            var name = new BilingualText(row.Needed("name_sv"), row.Needed("name_en"));
            if (!items.TryAdd(code, new BudgetItem(code, actor ?? Actor.OtherState, name))) row.Find("code", RegisterRule.Doubled);
        }

        return items;
    }

    private static List<UnitCostSet> Sets(string text, List<RegisterFinding> findings)
    {
        var sets = new List<UnitCostSet>();
        foreach (var row in RegisterTable.Parse(SetsFile, text, ["code", "name_sv", "name_en", "publisher"], findings).Rows())
        {
            var code = row.Code("code");
            if (sets.Exists(s => s.Code == code)) row.Find("code", RegisterRule.Doubled);
            sets.Add(new UnitCostSet(code, new BilingualText(row.Needed("name_sv"), row.Needed("name_en")), row.Needed("publisher"), []));
        }

        return sets;
    }

    private static List<PriceIndex> Indices(string text, List<RegisterFinding> findings)
    {
        var rows = new List<(string Code, BilingualText Name, PriceIndexRow Row)>();
        string[] columns = ["index", "name_sv", "name_en", "year", "value", "status", "source"];
        foreach (var row in RegisterTable.Parse(IndexFile, text, columns, findings).Rows())
        {
            var code = row.Code("index");
            var year = row.Whole("year", 1900, 2100);
            var value = row.Number("value", 0.000001m, 1_000_000m);
            if (row.Text("year") is null) row.Find("year", RegisterRule.Empty);
            if (row.Text("value") is null) row.Find("value", RegisterRule.Empty);
            var status = row.Needed("status");
            if (status is not ("final" or "provisional" or "")) row.Find("status", RegisterRule.Word);
            var name = new BilingualText(row.Needed("name_sv"), row.Needed("name_en"));
            var source = row.Needed("source");
            if (rows.Exists(r => r.Code == code && r.Row.Year == year)) row.Find("year", RegisterRule.Doubled);
            if (!row.IsBad) rows.Add((code, name, new PriceIndexRow(year!.Value, value!.Value, status == "provisional", source)));
        }

        return
        [
            .. rows.GroupBy(r => r.Code, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new PriceIndex(g.Key, g.First().Name, g.Select(r => r.Row))),
        ];
    }
}
