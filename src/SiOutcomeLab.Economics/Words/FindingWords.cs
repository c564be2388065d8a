using SiOutcomeLab.Domain;
using SiOutcomeLab.Economics.Reading;

namespace SiOutcomeLab.Economics.Words;

/// <summary>What is wrong in the register's files, where, and what to do. Never the value.</summary>
public static class FindingWords
{
    /// <summary>One finding in a sentence.</summary>
    /// <param name="finding">The finding.</param>
    public static BilingualText Say(RegisterFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        var what = What(finding.Rule);
        var (sv, en) = finding.Column.Length == 0
            ? ($"{finding.File}, rad {finding.Line}", $"{finding.File}, line {finding.Line}")
            : (
                $"{finding.File}, rad {finding.Line}, kolumn {finding.Column}",
                $"{finding.File}, line {finding.Line}, column {finding.Column}");
        return new BilingualText($"{sv}: {what.Sv}", $"{en}: {what.En}");
    }

    private static BilingualText What(RegisterRule rule) => rule switch
    {
        RegisterRule.Columns => new(
            "kolumnen saknas, är okänd eller står två gånger. Jämför med den medföljande filen.",
            "the column is missing, unknown or there twice. Compare with the shipped file."),
        RegisterRule.Fields => new(
            "raden har inte lika många fält som rubriken. Sätt citattecken om text med komma.",
            "the row has not as many fields as the header. Put quotation marks around text with a comma."),
        RegisterRule.Empty => new(
            "får inte vara tomt. Fyll i.",
            "must not be empty. Fill it in."),
        RegisterRule.Code => new(
            "är ingen kod. Använd 1–40 av a–z, 0–9, bindestreck och understreck.",
            "is not a code. Use 1–40 of a–z, 0–9, hyphen and underscore."),
        RegisterRule.Doubled => new(
            "finns redan. Ta bort den ena raden.",
            "is already there. Remove one of the rows."),
        RegisterRule.Word => new(
            "är inget ord som kolumnen känner. Se filens README.",
            "is not a word that the column knows. See the file's README."),
        RegisterRule.Number => new(
            "är inget tal. Skriv siffror med decimalpunkt, utan mellanrum.",
            "is not a number. Write digits with a decimal point, without spaces."),
        RegisterRule.Range => new(
            "ligger utanför vad kolumnen tillåter. Se filens README.",
            "is outside what the column allows. See the file's README."),
        RegisterRule.Date => new(
            "är inget datum. Skriv som 2024-12-31.",
            "is not a date. Write it as 2024-12-31."),
        RegisterRule.Unknown => new(
            "finns inte i de andra filerna. Lägg till det där, eller rätta koden.",
            "is not in the other files. Add it there, or correct the code."),
        RegisterRule.Split => new(
            "delarna blir inte exakt 100 procent, eller en post står två gånger.",
            "the parts do not sum to exactly 100 per cent, or an item stands twice."),
        RegisterRule.Conversion => new(
            "är ingen omräkning. Skriv none, eller steg som namn*2|namn/6.6.",
            "is not a conversion. Write none, or steps such as name*2|name/6.6."),
        RegisterRule.Validity => new(
            "sista dagen ligger före den första.",
            "the last day lies before the first."),
        RegisterRule.CashableAboveMarginal => new(
            "är större än marginalandelen. En budget kan inte minskas med det som ändå förbrukas.",
            "is above the marginal share. A budget cannot be cut by what is still spent."),
        RegisterRule.Status => new(
            "stämmer inte med raden: complete när inget saknas, annars incomplete.",
            "does not fit the row: complete when nothing is missing, else incomplete."),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "A rule without words; add it to the bank."),
    };
}
