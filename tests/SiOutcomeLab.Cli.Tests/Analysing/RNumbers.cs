using System.Globalization;

namespace SiOutcomeLab.Cli.Tests.Analysing;

/// <summary>Numbers that R wrote, by id; see the reference tests' data folder for the calls behind them.</summary>
internal sealed class RNumbers
{
    /// <summary>R wrote 12 digits and both sides solve the same equations; did and WeightIt stop at glm's own rule.</summary>
    public const double Solved = 1e-8;

    public const double GlmStop = 1e-7;

    public static readonly RNumbers Lalonde = new("lalonde_flat.csv");
    public static readonly RNumbers Did = new("did_flat.csv");
    public static readonly RNumbers Meta = new("meta_flat.csv");

    private readonly Dictionary<string, double> _values = new(StringComparer.Ordinal);

    private RNumbers(string file)
    {
        foreach (var line in File.ReadLines(AnalyseRun.Data(file)).Skip(1))
        {
            var cells = line.Split("\",\"");
            var text = cells[1].Trim('"');
            _values.TryAdd(cells[0].Trim('"'), text is "NA" ? double.NaN : double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
        }
    }

    public double this[string id] => _values[id];

    public bool Has(string id) => _values.ContainsKey(id);

    public static void Close(double expected, double actual, double relative, string what) => Assert.True(
        Math.Abs(expected - actual) <= relative * Math.Max(Math.Abs(expected), 1e-300), $"{what}: expected {expected:R}, got {actual:R}.");
}
