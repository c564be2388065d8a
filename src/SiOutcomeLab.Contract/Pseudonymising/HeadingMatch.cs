using System.Globalization;
using System.Text;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Contract;

/// <summary>A column of the contract and where the table has it.</summary>
/// <param name="Column">The contract's column.</param>
/// <param name="Row">What the contract says of it.</param>
/// <param name="Heading">The heading's place, from 0; −1 when the column is filled in.</param>
internal sealed record MatchedColumn(ContractColumn Column, ContractTableRow Row, int Heading);

/// <summary>
/// Finds the contract's column for each heading: by the settings, else by the column's code, its Swedish or English name, or an alias,
/// whatever the case and the blanks, hyphens and underscores between words.
/// </summary>
internal static class HeadingMatch
{
    public static IReadOnlyList<MatchedColumn> Match(IReadOnlyList<string> headings, SubmissionPart part, PseudonymiseOptions options)
    {
        var isTeaching = MunicipalityRegister.Current.IsTeaching(options.Organisation.Code);
        var contract = (part == SubmissionPart.Observations ? ContractColumns.Observations(options.PeriodLength) : ContractColumns.Participations)
            .Where(c => isTeaching || !c.TeachingOnly)
            .ToList();
        var rows = ContractTable.Of(contract, part).ToList();
        var places = Places(headings, rows, options.Columns);
        var matched = new List<MatchedColumn>();
        var missing = new List<string>();
        for (var i = 0; i < contract.Count; i++)
        {
            var isFilledIn = contract[i].Content == ColumnContent.Municipality && options.Organisation.IsMunicipality;
            if (places.TryGetValue(contract[i].Name, out var heading)) matched.Add(new MatchedColumn(contract[i], rows[i], heading));
            else if (isFilledIn) matched.Add(new MatchedColumn(contract[i], rows[i], -1));
            else if (contract[i].Required) missing.Add($"{contract[i].Name} ({rows[i].Name.Sv} / {rows[i].Name.En})");
        }

        if (missing.Count == 0) return matched;
        throw new SourceTableException(
            new("Kolumner som måste finnas saknas.", "Columns that must be there are missing."),
            new("Lägg till dem, eller säg under columns i inställningarna vilken rubrik som är vilken.",
                "Add them, or say under columns in the settings which heading is which."),
            missing);
    }

    private static Dictionary<string, int> Places(
        IReadOnlyList<string> headings, List<ContractTableRow> rows, IReadOnlyDictionary<string, string?> told)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            foreach (var name in (string[])[row.Code, row.Name.Sv, row.Name.En, .. row.Aliases]) names.TryAdd(Plain(name), row.Code);
        }

        var toldPlain = told.GroupBy(p => Plain(p.Key)).ToDictionary(g => g.Key, g => g.First().Value, StringComparer.Ordinal);
        var codes = rows.Select(r => r.Code).ToHashSet(StringComparer.Ordinal);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var unknown = new List<string>();
        var doubled = new List<string>();
        for (var i = 0; i < headings.Count; i++)
        {
            var plain = Plain(headings[i]);
            var isTold = toldPlain.TryGetValue(plain, out var code);
            if (isTold && code is null) continue;
            if (!isTold) names.TryGetValue(plain, out code);
            if (code is null || !codes.Contains(code)) unknown.Add(SafeName.Of(headings[i], i));
            else if (!places.TryAdd(code, i)) doubled.Add($"{SafeName.Of(headings[i], i)}, {SafeName.Of(headings[places[code]], places[code])} → {code}");
        }

        Refuse(unknown, doubled);
        return places;
    }

    private static void Refuse(List<string> unknown, List<string> doubled)
    {
        if (unknown.Count > 0)
        {
            throw new SourceTableException(
                new("Rubriker som avtalet inte känner till.", "Headings that the contract does not know."),
                new("Ta bort kolumnerna, eller skriv under columns i inställningarna \"Rubrik\": \"kolumn\", eller null för att utelämna den.",
                    "Remove the columns, or write under columns in the settings \"Heading\": \"column\", or null to leave it out."),
                unknown);
        }

        if (doubled.Count == 0) return;
        throw new SourceTableException(
            new("Flera rubriker står för samma kolumn.", "Several headings stand for the same column."),
            new(
                "Utelämna alla utom en: null under columns i inställningarna.",
                "Leave out all but one: null under columns in the settings."),
            doubled);
    }

    /// <summary>Small letters and digits with single blanks between words.</summary>
    private static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (char.IsLetterOrDigit(c) || c is '%' or '/' or '(' or ')' or '+') plain.Append(char.ToLowerInvariant(c));
            else if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format) continue;
            else if (plain.Length > 0 && plain[^1] != ' ') plain.Append(' ');
        }

        return plain.ToString().TrimEnd();
    }
}
