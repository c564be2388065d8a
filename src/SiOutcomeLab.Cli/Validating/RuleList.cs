using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Contract;

namespace SiOutcomeLab.Cli.Validating;

/// <summary>The rule tables, printed: the contract's, then those of pseudonymising.</summary>
internal static class RuleList
{
    public static void Write(Terminal terminal)
    {
        foreach (var (title, rules) in Tables(terminal))
        {
            terminal.Line(title);
            foreach (var rule in rules)
            {
                Wrap.Write(terminal.Out, $"{FindingText.SeverityWord(terminal, rule.Severity)} {rule.Code}", "  ", "    ");
                Wrap.Write(terminal.Out, terminal.Pick(rule.Explanation), "    ");
                Wrap.Write(terminal.Out, terminal.Pick(rule.Remedy), "    → ");
            }

            terminal.Line();
        }
    }

    public static void WriteJson(Terminal terminal) => JsonOutput.Write(terminal.Out, writer =>
    {
        writer.WriteStartArray();
        foreach (var rule in ContractRules.All.Concat(SourceRules.All))
        {
            writer.WriteStartObject();
            writer.WriteString("rule", rule.Code);
            writer.WriteString("severity", FindingsJson.Word(rule.Severity));
            writer.WriteString("of", SourceRules.All.Contains(rule) ? "pseudonymise" : "contract");
            FindingsJson.WriteText(writer, "explanation", rule.Explanation);
            FindingsJson.WriteText(writer, "remedy", rule.Remedy);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    private static (string Title, IReadOnlyList<ContractRule> Rules)[] Tables(Terminal terminal) =>
    [
        (terminal.Pick(
            "Avtalets regler (silab validate, och hubben)",
            "The contract's rules (silab validate, and the hub)"), ContractRules.All),
        (terminal.Pick(
            "Vad silab pseudonymise säger om celler och rader",
            "What silab pseudonymise says of cells and rows"), SourceRules.All),
    ];
}
