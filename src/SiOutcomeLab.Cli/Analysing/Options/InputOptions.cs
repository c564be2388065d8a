using System.CommandLine;
using SiOutcomeLab.Cli.Commands;
using SiOutcomeLab.Domain;

namespace SiOutcomeLab.Cli.Analysing.Options;

/// <summary>Which file, how it is read, and how the answer is given: the same for every verb with a file.</summary>
internal sealed class InputOptions
{
    private readonly Option<string> _data;
    private readonly Option<string?> _delimiter;
    private readonly Option<double?> _level;
    private readonly Option<bool> _json;

    /// <param name="host">The languages.</param>
    /// <param name="command">The verb that gets them.</param>
    /// <param name="row">What a row of the file is; a person when null.</param>
    /// <param name="hasLevel">Whether the answer has intervals.</param>
    public InputOptions(CommandHost host, Command command, BilingualText? row = null, bool hasLevel = true)
    {
        _data = new Option<string>("--data")
        {
            Description = host.T(
                $"CSV (komma, semikolon eller tabb; decimalkomma bara mellan semikolon) eller Parquet, en rad per {row?.Sv ?? "person"}. Tomt, NA, NaN och null saknas.",
                $"CSV (comma, semicolon or tab; decimal comma between semicolons only) or Parquet, one row per {row?.En ?? "person"}. Empty, NA, NaN and null are missing."),
            HelpName = "FILE",
            Required = true,
        };
        _delimiter = new Option<string?>("--delimiter")
        {
            Description = host.T(
                "CSV-filens skiljetecken, om det inte hittas: ett tecken, eller tab.",
                "The CSV file's separator, if it is not found: a character, or tab."),
            HelpName = "CHAR",
        };
        _delimiter.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && text != "tab" && text.Length != 1)
            {
                result.AddError(host.T("--delimiter är ett tecken, eller tab.", "--delimiter is one character, or tab."));
            }
        });
        _level = NumberOption.Create(host, "--level", host.T("Konfidensnivå.", "Confidence level."), 0, 1, 0.95);
        _json = new Option<bool>("--json") { Description = host.T("Skriv JSON med alla siffror.", "Write JSON with every digit.") };
        command.Add(_data);
        command.Add(_delimiter);
        if (hasLevel) command.Add(_level);
        command.Add(_json);
    }

    public string Path(ParseResult parse) => parse.GetRequiredValue(_data);

    public char? Separator(ParseResult parse) => parse.GetValue(_delimiter) switch { null => null, "tab" => '\t', var text => text[0] };

    public double Level(ParseResult parse) => parse.GetValue(_level)!.Value;

    public bool IsJson(ParseResult parse) => parse.GetValue(_json);
}
