using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using SiOutcomeLab.Cli.Commands;

namespace SiOutcomeLab.Cli.Analysing.Options;

/// <summary>What a command line gives, while it is still being checked: by its text, which need not be readable yet.</summary>
internal static class Given
{
    public static bool Has(this CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };

    public static bool Has(this CommandResult result, string option) => result.GetResult(option) is OptionResult { Implicit: false };

    /// <summary>The number given; null when there is none, or no number.</summary>
    public static double? Number(this CommandResult result, Option option) =>
        result.GetResult(option)?.Tokens is [{ Value: var text }] && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value : null;

    /// <summary>Refuses options that what else was chosen would leave without effect.</summary>
    public static void Only(this CommandResult result, CommandHost host, bool applies, string when, params ReadOnlySpan<Option> options)
    {
        if (applies) return;
        foreach (var option in options)
        {
            if (result.Has(option)) result.AddError(host.T($"{option.Name} gäller bara {when}.", $"{option.Name} is for {when} only."));
        }
    }
}
