using System.Diagnostics;
using System.Globalization;
using SiOutcomeLab.Country.Delivering;
using SiOutcomeLab.Country.Making;
using SiOutcomeLab.Domain.Time;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is not [var folder, .. var rest] || folder.StartsWith('-') || CountryArguments.Parse(rest) is not { } wanted)
{
    Console.Error.WriteLine("""
        Makes a country of 290 municipalities whose effects are known, as its organisations would deliver it.
          silab-country FOLDER [--scale 0.01] [--seed 20261122] [--through 2024-Q4] [--one-delivery] [--only CODE;CODE] [--threads 2]
        """);
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
var clock = Stopwatch.GetTimestamp();
var country = NationalCountry.At(wanted.Scale, new CountryRules { Seed = wanted.Seed });
var totals = CountryFiles.Write(country, folder, Wave.Through(wanted.Through, wanted.AsOne), wanted.Only, wanted.Threads, stop.Token);
using var self = Process.GetCurrentProcess();
Console.WriteLine(
    $"{totals.Municipalities} municipalities, {totals.Persons:N0} persons, {totals.Participants:N0} participations, {totals.Rows:N0} rows: "
    + $"{Stopwatch.GetElapsedTime(clock).TotalSeconds:0.0} s, at most {self.PeakWorkingSet64 / 1048576} MB.");
return 0;

/// <summary>What the command line asks for.</summary>
internal sealed record CountryArguments(double Scale, ulong Seed, int Through, bool AsOne, IReadOnlySet<string>? Only, int Threads)
{
    /// <summary>Null when something is not understood.</summary>
    public static CountryArguments? Parse(string[] rest)
    {
        var wanted = new CountryArguments(0.01, new CountryRules().Seed, new CountryRules().Quarters - 1, false, null, Environment.ProcessorCount);
        for (var i = 0; i < rest.Length; i++)
        {
            var value = i + 1 < rest.Length ? rest[i + 1] : string.Empty;
            switch (rest[i])
            {
                case "--one-delivery":
                    wanted = wanted with { AsOne = true };
                    continue;
                case "--scale" when double.TryParse(value, out var scale) && scale is >= 0.001 and <= 1:
                    wanted = wanted with { Scale = scale };
                    break;
                case "--seed" when ulong.TryParse(value, out var seed):
                    wanted = wanted with { Seed = seed };
                    break;
                case "--through" when Period.TryParse(value, out var period) && period.Length == PeriodLength.Quarter
                    && Wave.QuarterOf(period) is >= 0 and < 20:
                    wanted = wanted with { Through = Wave.QuarterOf(period) };
                    break;
                case "--only" when value.Length > 0:
                    wanted = wanted with { Only = value.Split(';').ToHashSet(StringComparer.Ordinal) };
                    break;
                case "--threads" when int.TryParse(value, out var threads) && threads > 0:
                    wanted = wanted with { Threads = threads };
                    break;
                default:
                    return null;
            }

            i++;
        }

        return wanted;
    }
}
