using System.CommandLine;
using System.CommandLine.Parsing;
using SiOutcomeLab.Cli.Commands;

namespace SiOutcomeLab.Cli.Analysing.Options;

/// <summary>An option with a few named values, read whatever the case; a wrong one is told with those that there are.</summary>
internal sealed class Choice<T>
{
    private readonly (string Word, T Value)[] _values;

    private Choice(Option<string> option, (string, T)[] values) => (Option, _values) = (option, values);

    public Option<string> Option { get; }

    /// <summary>Makes the option; the first value is the default.</summary>
    public static Choice<T> Create(CommandHost host, string name, string description, params (string Word, T Value)[] values)
    {
        var words = string.Join('|', values.Select(value => value.Word));
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = words,
            DefaultValueFactory = _ => values[0].Word,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var given }] && !values.Any(value => Is(value.Word, given)))
            {
                result.AddError(host.T(
                    $"{name} kan inte vara {given}; välj {words.Replace("|", ", ", StringComparison.Ordinal)}.",
                    $"{name} cannot be {given}; choose {words.Replace("|", ", ", StringComparison.Ordinal)}."));
            }
        });
        return new Choice<T>(option, values);
    }

    public T Of(ParseResult parse) => Array.Find(_values, value => Is(value.Word, parse.GetValue(Option)!)).Value;

    /// <summary>The word as the list has it.</summary>
    public string WordOf(ParseResult parse) => Array.Find(_values, value => Is(value.Word, parse.GetValue(Option)!)).Word;

    /// <summary>The word while the command line is still being checked, when defaults are not in place yet.</summary>
    public string WordOf(CommandResult result) =>
        result.GetResult(Option)?.Tokens is [{ Value: var given }] && Array.Exists(_values, value => Is(value.Word, given))
            ? Array.Find(_values, value => Is(value.Word, given)).Word
            : _values[0].Word;

    private static bool Is(string word, string given) => word.Equals(given, StringComparison.OrdinalIgnoreCase);
}
