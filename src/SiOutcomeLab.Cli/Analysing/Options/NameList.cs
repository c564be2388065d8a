using System.CommandLine;

namespace SiOutcomeLab.Cli.Analysing.Options;

/// <summary>Options that name columns: a,b,c, or the option several times.</summary>
internal static class NameList
{
    public static Option<string[]> Create(string option, string description) => new(option)
    {
        Description = description,
        HelpName = "A,B,C",
        DefaultValueFactory = _ => [],
    };

    public static IReadOnlyList<string> Of(ParseResult parse, Option<string[]> option) =>
        [.. (parse.GetValue(option) ?? []).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Distinct(StringComparer.Ordinal)];
}
