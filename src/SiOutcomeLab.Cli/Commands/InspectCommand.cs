using System.CommandLine;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Inspecting;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab inspect</c>: what a Parquet file is, and what it holds.</summary>
internal static class InspectCommand
{
    public static Command Create(CommandHost host)
    {
        var command = new Command(
            "inspect",
            host.T(
                "Visa en Parquet-fil: kolumner, skrivare, radgrupper, kodning, codec, storlek; med --rows eller --all också värdena.",
                "Show a Parquet file: columns, writer, row groups, encodings, codecs, sizes; with --rows or --all its values too."));
        var path = new Argument<string>("file") { Description = host.T("Parquet-filen.", "The Parquet file.") };
        var rows = new Option<long?>("--rows")
        {
            Description = host.T("Visa värdena i de första N raderna.", "Show the values of the first N rows."),
            HelpName = "N",
        };
        var all = new Option<bool>("--all") { Description = host.T("Visa värdena i alla rader.", "Show the values of all rows.") };
        command.Add(path);
        command.Add(rows);
        command.Add(all);
        var json = new Option<bool>("--json")
        {
            Description = host.T(
                "Skriv JSON för program; rader som ett objekt per rad.", "Write JSON for programs; rows as one object a line."),
        };
        command.Add(json);
        command.Validators.Add(result =>
        {
            // By the text as given: the value of a text that is no number cannot be asked for.
            var count = result.GetResult(rows);
            if (count?.Tokens is [{ Value: ['-', ..] }])
            {
                result.AddError(host.T("--rows får inte vara negativt.", "--rows may not be negative."));
            }

            if (count is not null && result.GetValue(all))
            {
                result.AddError(host.T("Ge --rows eller --all, inte båda.", "Give --rows or --all, not both."));
            }
        });
        return host.WithAction(command, (parse, cancellationToken) =>
        {
            var most = parse.GetValue(all) ? long.MaxValue : parse.GetValue(rows);
            Show(host.Terminal, parse.GetRequiredValue(path), most, parse.GetValue(json), cancellationToken);
            return Task.FromResult(ExitCode.Ok);
        });
    }

    private static void Show(Terminal terminal, string path, long? most, bool isJson, CancellationToken cancellationToken)
    {
        try
        {
            using var file = ParquetReader.Open(path);
            if (isJson)
            {
                if (most is { } count) RowsJson.Write(terminal.Out, file, count, cancellationToken);
                else JsonOutput.Write(terminal.Out, json => SummaryJson.Write(json, path, file));
                return;
            }

            FileSummary.Write(terminal, path, file);
            if (most is { } shown) RowsTable.Write(terminal, file, shown, cancellationToken);
        }
        catch (ParquetFormatException e)
        {
            throw new CommandException(
                ExitCode.InputUnreadable,
                new($"{path} är inte en Parquet-fil som kan läsas.", $"{path} is not a Parquet file that can be read."),
                new(
                    "Skriv filen på nytt med ett annat program, utan nästlade kolumner och kryptering, eller hämta en hel kopia.",
                    "Write the file anew with another program, without nested columns and encryption, or fetch a whole copy."),
                $"{e.Code}: {e.Message}");
        }
    }
}
