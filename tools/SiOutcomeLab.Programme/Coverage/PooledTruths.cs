namespace SiOutcomeLab.Programme.Coverage;

/// <summary>The true effects that countries of one case pool: by method, over the municipalities that contribute.</summary>
internal sealed class PooledTruths(IReadOnlyList<CountryRow> rows)
{
    private readonly Dictionary<string, (int Number, double Truth)[]> _byMethod = rows.GroupBy(r => r.Method).ToDictionary(
        g => g.Key,
        g => g.SelectMany(r => TruthsOf(r).Select(t => (r.Number, t))).ToArray());

    /// <summary>The mean over all countries: what countries like these have in common, known to some hundredths of a pooled error.</summary>
    public double MeanOf(string method) => _byMethod[method].Select(t => t.Truth).DefaultIfEmpty(double.NaN).Average();

    /// <summary>The mean over a country's own contributors.</summary>
    public static double OwnMeanOf(CountryRow row) => TruthsOf(row).DefaultIfEmpty(double.NaN).Average();

    /// <summary>Whether another country of the same method has an estimate.</summary>
    public bool HasOthers(CountryRow row) => Array.Exists(_byMethod[row.Method], t => t.Number != row.Number);

    /// <summary>The share of other countries' municipalities whose true effect the country's prediction interval holds.</summary>
    public double ShareWithin(CountryRow row)
    {
        var (within, others) = (0, 0);
        foreach (var (number, truth) in _byMethod[row.Method])
        {
            if (number == row.Number) continue;
            others++;
            if (row.Pooled!.PredictionLow <= truth && truth <= row.Pooled.PredictionHigh) within++;
        }

        return within / (double)others;
    }

    private static IEnumerable<double> TruthsOf(CountryRow row) => row.Places.Where(p => p.Own is not null).Select(p => p.Looks[^1].Expected);
}
