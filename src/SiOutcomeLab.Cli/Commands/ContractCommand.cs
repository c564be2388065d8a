using System.CommandLine;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Validating;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab contract</c>: every column that a submission may have, from the table that the check itself uses.</summary>
internal static class ContractCommand
{
    public static Command Create(CommandHost host)
    {
        var command = new Command("contract", host.T(
            "Visa vilka kolumner en leverans kan ha.",
            "Show which columns a submission may have."));
        var length = new Option<string>("--period")
        {
            Description = host.T(
                "Periodens längd, som sätter högsta antal dagar och månader.",
                "The period's length, which sets the most days and months."),
            HelpName = "month/quarter/year",
            DefaultValueFactory = _ => "quarter",
        };
        length.AcceptOnlyFromAmong("month", "quarter", "year");
        var csv = new Option<string?>("--csv") { Description = host.T(
            "Skriv till en tabell för Excel.",
            "Write to a table for Excel."), HelpName = "FILE" };
        command.Add(length);
        command.Add(csv);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            var rows = ContractTable.For(parse.GetRequiredValue(length) switch
            {
                "month" => PeriodLength.Month,
                "quarter" => PeriodLength.Quarter,
                _ => PeriodLength.Year,
            });
            if (parse.GetValue(csv) is { } path)
            {
                var table = rows.Select(r => Cells(host, r)).Prepend(Heading(host));
                await ExcelCsv.WriteAsync(path, table, cancellationToken);
            }
            else if (parse.GetValue(json))
            {
                WriteJson(host.Terminal.Out, rows);
            }
            else
            {
                Write(host, rows);
            }

            return ExitCode.Ok;
        });
    }

    private static void Write(CommandHost host, IReadOnlyList<ContractTableRow> rows)
    {
        foreach (var part in rows.GroupBy(r => (r.Part, r.Role)))
        {
            host.Terminal.Line($"{FindingText.PartName(host.Terminal, part.Key.Part)}: {RoleWord(host, part.Key.Role)}");
            foreach (var row in part)
            {
                var required = row.IsRequired ? host.T(", måste finnas", ", required") : string.Empty;
                var scope = row.Scope == CatalogueScope.Teaching ? host.T(
                    ", bara undervisningsdata",
                    ", teaching data only") : string.Empty;
                Wrap.Write(host.Terminal.Out, $"{row.Code}: {host.Terminal.Pick(row.Name)}{required}{scope}", "  ", "    ");
                var facts = new List<string> { host.Terminal.Pick(row.Type), host.Terminal.Pick(row.Range) };
                if (row.Role == ContractRole.Measure)
                {
                    facts.Add(host.Terminal.Pick(row.Unit));
                    facts.Add(host.Terminal.Pick(row.Direction));
                    facts.Add(host.T($"ägs av {row.OwningSource.Sv}", $"owned by {row.OwningSource.En}"));
                    facts.Add(host.T($"budgetpost: {row.BudgetItem.Sv}", $"budget item: {row.BudgetItem.En}"));
                }

                Wrap.Write(host.Terminal.Out, string.Join("; ", facts), "    ");
            }

            host.Terminal.Line();
        }
    }

    private static void WriteJson(TextWriter output, IReadOnlyList<ContractTableRow> rows) => JsonOutput.Write(output, writer =>
    {
        writer.WriteStartArray();
        foreach (var row in rows)
        {
            writer.WriteStartObject();
            writer.WriteString("code", row.Code);
            writer.WriteString("file", FindingsJson.Word(row.Part));
            writer.WriteString("role", row.Role.ToString().ToLowerInvariant());
            writer.WriteBoolean("required", row.IsRequired);
            writer.WriteBoolean("teaching_only", row.Scope == CatalogueScope.Teaching);
            FindingsJson.WriteText(writer, "name", row.Name);
            FindingsJson.WriteText(writer, "type", row.Type);
            FindingsJson.WriteText(writer, "unit", row.Unit);
            FindingsJson.WriteText(writer, "range", row.Range);
            FindingsJson.WriteText(writer, "direction", row.Direction);
            FindingsJson.WriteText(writer, "owning_source", row.OwningSource);
            FindingsJson.WriteText(writer, "budget_item", row.BudgetItem);
            writer.WriteStartArray("aliases");
            foreach (var alias in row.Aliases) writer.WriteStringValue(alias);
            writer.WriteEndArray();
            writer.WriteStartObject("categories_sv");
            foreach (var category in row.Categories) writer.WriteString(category.Code, category.Sv);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    private static string[] Heading(CommandHost host) =>
    [
        host.T("kolumn", "column"), host.T("fil", "file"), host.T("slag", "role"), host.T("namn", "name"), host.T("måste finnas", "required"),
        host.T("typ", "type"), host.T("enhet", "unit"), host.T("värden", "values"), host.T("riktning", "direction"),
        host.T("ägare", "owner"), host.T("budgetpost", "budget item"), host.T("andra rubriker", "other headings"),
    ];

    private static string[] Cells(CommandHost host, ContractTableRow row) =>
    [
        row.Code,
        FindingsJson.Word(row.Part),
        RoleWord(host, row.Role),
        host.Terminal.Pick(row.Name),
        row.IsRequired ? host.T("ja", "yes") : host.T("nej", "no"),
        host.Terminal.Pick(row.Type),
        host.Terminal.Pick(row.Unit),
        host.Terminal.Pick(row.Range),
        host.Terminal.Pick(row.Direction),
        host.Terminal.Pick(row.OwningSource),
        host.Terminal.Pick(row.BudgetItem),
        string.Join(", ", row.Aliases),
    ];

    private static string RoleWord(CommandHost host, ContractRole role) => role switch
    {
        ContractRole.Covariate => host.T("bakgrund", "covariates"),
        ContractRole.Measure => host.T("mått", "measures"),
        _ => host.T("grund", "keys and dates"),
    };
}
