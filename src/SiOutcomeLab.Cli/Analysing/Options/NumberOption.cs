using System.CommandLine;
using System.Globalization;
using SiOutcomeLab.Cli.Commands;

namespace SiOutcomeLab.Cli.Analysing.Options;

/// <summary>Options that are numbers within bounds, with a decimal point whatever the machine's language.</summary>
internal static class NumberOption
{
    public static Option<double?> Create(
        CommandHost host, string name, string description, double above, double under, double? fallback = null)
    {
        var option = new Option<double?>(name)
        {
            Description = description,
            HelpName = "X",
            CustomParser = result =>
            {
                var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
                if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > above && value < under) return value;
                result.AddError($"{name} {host.T(
                    "behöver ett tal med decimalpunkt",
                    "needs a number with a decimal point")}{Bounds(host, above, under)}.");
                return null;
            },
        };
        if (fallback is { } some) option.DefaultValueFactory = _ => some;
        return option;
    }

    private static string Bounds(CommandHost host, double above, double under)
    {
        var low = double.IsInfinity(above) ? null : string.Create(CultureInfo.InvariantCulture, $"{host.T("över", "above")} {above}");
        var high = double.IsInfinity(under) ? null : string.Create(CultureInfo.InvariantCulture, $"{host.T("under", "below")} {under}");
        string?[] bounds = [low, high];
        return bounds.Any(bound => bound is not null) ? ", " + string.Join(host.T(
            " och ",
            " and "), bounds.Where(bound => bound is not null)) : string.Empty;
    }

    public static Option<int> Whole(CommandHost host, string name, string description, int least, int fallback)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => fallback };
        AtLeast(host, option, least);
        return option;
    }

    private static void AtLeast(CommandHost host, Option<int> option, int least) => option.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: var text }] && (!int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) || value < least))
        {
            result.AddError(host.T(
                $"{option.Name} behöver ett heltal, minst {least}.",
                $"{option.Name} needs a whole number, at least {least}."));
        }
    });
}
