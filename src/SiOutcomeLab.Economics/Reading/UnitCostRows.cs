using System.Globalization;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Reading;

/// <summary>The rows of <c>unit_costs.csv</c>.</summary>
internal static class UnitCostRows
{
    private const string File = "unit_costs.csv";

    // A row that lacks any of these cannot carry money. The first five of the file (set, code, names, status) and the source can never be
    // empty.
    private static readonly string[] NeededForMoney =
    [
        "measure", "measure_unit", "unit", "value_sek", "price_year", "kind", "conversion", "split", "grade", "value_basis",
        "conversion_basis", "split_basis", "marginal_share", "cashable_share", "cashable_lag_years", "shares_basis", "valid_from", "valid_to",
    ];

    private static readonly string[] Columns = ["set", "code", "name_sv", "name_en", .. NeededForMoney, "status", "source", "note"];

    public static List<UnitCostRow> Read(
        string text, IReadOnlySet<string> sets, IReadOnlyDictionary<string, BudgetItem> items, List<RegisterFinding> findings)
    {
        var rows = new List<UnitCostRow>();
        var seen = new HashSet<(string Set, string Code)>();
        foreach (var row in RegisterTable.Parse(File, text, Columns, findings).Rows())
        {
            var fields = Fields(row, items);
            if (!sets.Contains(fields.Set)) row.Find("set", RegisterRule.Unknown);
            if (!seen.Add((fields.Set, fields.Code))) row.Find("code", RegisterRule.Doubled);
            CheckTogether(row, fields);
            var missing = NeededForMoney.Where(c => row.Text(c) is null).ToList();
            var status = row.Needed("status");
            if (status != (missing.Count == 0 ? "complete" : "incomplete")) row.Find("status", RegisterRule.Status);
            if (!row.IsBad) rows.Add(new UnitCostRow(fields, missing));
        }

        return rows;
    }

    private static UnitCostFields Fields(RegisterTable.Row row, IReadOnlyDictionary<string, BudgetItem> items) => new()
    {
        Set = row.Code("set"),
        Code = row.Code("code"),
        Name = new BilingualText(row.Needed("name_sv"), row.Needed("name_en")),
        Source = row.Needed("source"),
        Note = row.Text("note") ?? string.Empty,
        Measure = row.Text("measure") is null ? null : new MeasureCode(row.Code("measure")),
        MeasureUnit = row.Text("measure_unit"),
        Unit = row.Text("unit"),
        Sek = row.Number("value_sek", 0m, 100_000_000m),
        PriceYear = row.Whole("price_year", 1980, 2100),
        Kind = row.Word<ResourceKind>("kind"),
        Grade = row.Word<Grade>("grade"),
        Conversion = Conversion(row),
        Split = Split(row, items),
        ValueBasis = row.Word<Provenance>("value_basis"),
        ConversionBasis = row.Word<Provenance>("conversion_basis"),
        SplitBasis = row.Word<Provenance>("split_basis"),
        SharesBasis = row.Word<Provenance>("shares_basis"),
        MarginalShare = row.Number("marginal_share", 0m, 1m),
        CashableShare = row.Number("cashable_share", 0m, 1m),
        CashableLagYears = row.Whole("cashable_lag_years", 0, 20),
        ValidFrom = row.Date("valid_from"),
        ValidTo = row.Date("valid_to"),
    };

    private static void CheckTogether(RegisterTable.Row row, UnitCostFields fields)
    {
        if (fields is { ValidFrom: { } first, ValidTo: { } last } && last < first) row.Find("valid_to", RegisterRule.Validity);
        if (fields is { MarginalShare: { } marginal, CashableShare: { } cashable } && cashable > marginal)
        {
            row.Find("cashable_share", RegisterRule.CashableAboveMarginal);
        }
    }

    // "none", or steps such as household_to_person*0.5|months_per_household_year/6.6
    private static Conversion? Conversion(RegisterTable.Row row)
    {
        if (row.Text("conversion") is not { } text) return null;
        if (text == "none") return new Conversion([]);
        var steps = new List<ConversionStep>();
        foreach (var step in text.Split('|'))
        {
            var at = step.IndexOfAny(['*', '/']);
            if (at > 0 && CodeRule.IsValid(step[..at]) && Plain(step[(at + 1)..]) is { } factor and > 0m)
            {
                steps.Add(new ConversionStep(step[..at], step[at] == '/', factor));
                continue;
            }

            row.Find("conversion", RegisterRule.Conversion);
            return null;
        }

        return new Conversion(steps);
    }

    // Budget items with percentages, such as child_placement:72|sis_care:28
    private static ActorSplit? Split(RegisterTable.Row row, IReadOnlyDictionary<string, BudgetItem> items)
    {
        if (row.Text("split") is not { } text) return null;
        var parts = new List<SplitPart>();
        foreach (var part in text.Split('|'))
        {
            var at = part.IndexOf(':', StringComparison.Ordinal);
            if (at <= 0 || Plain(part[(at + 1)..]) is not { } percent)
            {
                row.Find("split", RegisterRule.Split);
                return null;
            }

            if (!items.TryGetValue(part[..at], out var item))
            {
                row.Find("split", RegisterRule.Unknown);
                return null;
            }

            parts.Add(new SplitPart(item, percent));
        }

        var split = ActorSplit.TryMake(parts);
        if (split is null) row.Find("split", RegisterRule.Split);
        return split;
    }

    private static decimal? Plain(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
}
