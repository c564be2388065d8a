using System.Globalization;

namespace SiOutcomeLab.Cli.Analysing.Files;

/// <summary>A column of levels: one code per row, and the level of each code, in order (numbers by size, texts by their letters).</summary>
/// <param name="Codes">Number in <paramref name="Levels"/> per row.</param>
/// <param name="Levels">The levels that occur.</param>
internal sealed record CategoryColumn(int[] Codes, IReadOnlyList<string> Levels)
{
    /// <summary>One and zero per row: whether it has a level.</summary>
    public double[] Indicator(int level) => Array.ConvertAll(Codes, code => code == level ? 1.0 : 0.0);

    /// <summary>Puts the levels in order.</summary>
    /// <param name="codes">Number of the level per row, as the levels were met.</param>
    /// <param name="met">The levels, as they were met.</param>
    public static CategoryColumn Of(int[] codes, IReadOnlyList<string> met)
    {
        var used = new bool[met.Count];
        foreach (var code in codes) used[code] = true;
        var present = Enumerable.Range(0, met.Count).Where(code => used[code]);
        var numbers = met.Select(level => double.TryParse(level, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) ? n : double.NaN).ToArray();
        int[] order = numbers.Any(double.IsNaN)
            ? [.. present.OrderBy(code => met[code], StringComparer.Ordinal)]
            : [.. present.OrderBy(code => numbers[code]).ThenBy(code => met[code], StringComparer.Ordinal)];
        var place = new int[met.Count];
        for (var i = 0; i < order.Length; i++) place[order[i]] = i;
        return new CategoryColumn(Array.ConvertAll(codes, code => place[code]), [.. order.Select(code => met[code])]);
    }
}
