using System.Globalization;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Protos.Effects.V1;

namespace SiOutcomeLab.Cli.Demo;

/// <summary>The effects that are really there in the made country, where both worlds are known.</summary>
internal sealed class KnownEffects
{
    private const string Header = "municipality_code,method,measure,horizon,summary,participants,effect";
    private readonly Dictionary<(string Municipality, string Method, string Measure, int Horizon, string Summary), double> _effects = [];

    public static async Task<KnownEffects> ReadAsync(string datasets, CancellationToken cancellationToken)
    {
        var path = Path.Combine(datasets, "made-country", "truth.csv");
        var lines = await File.ReadAllLinesAsync(path, cancellationToken);
        var known = new KnownEffects();
        if (lines.Length < 2 || lines[0] != Header) throw Damaged(path, 1);
        for (var i = 1; i < lines.Length; i++)
        {
            var f = lines[i].Split(',');
            if (f.Length != 7
                || !int.TryParse(f[3], NumberStyles.None, CultureInfo.InvariantCulture, out var horizon)
                || !double.TryParse(f[6], NumberStyles.Float, CultureInfo.InvariantCulture, out var effect))
            {
                throw Damaged(path, i + 1);
            }

            known._effects[(f[0], f[1], f[2], horizon, f[4])] = effect;
        }

        return known;
    }

    /// <summary>The true effect that an estimate aims at; null outside the made country.</summary>
    public double? Of(Effect effect) =>
        effect.Outcome is { } o
            && _effects.TryGetValue((effect.Organisation, effect.Method, o.Measure, o.HorizonPeriods, o.Summary.ToString()), out var known)
            ? known
            : null;

    /// <summary>Whether an estimate's interval covers the true effect; null when there is no interval or no truth.</summary>
    public bool? IsCovered(Effect effect) =>
        Of(effect) is { } known
        && effect.ResultCase == Effect.ResultOneofCase.Estimate
        && effect.Estimate.CiLow?.ContentCase == Cell.ContentOneofCase.Value
        && effect.Estimate.CiHigh?.ContentCase == Cell.ContentOneofCase.Value
            ? effect.Estimate.CiLow.Value <= known && known <= effect.Estimate.CiHigh.Value
            : null;

    private static CommandException Damaged(string path, int line) => new(
        ExitCode.InputUnreadable,
        new($"{path}, rad {line}, går inte att läsa.", $"{path}, line {line}, cannot be read."),
        new("Bygg silab på nytt.", "Build silab again."));
}
