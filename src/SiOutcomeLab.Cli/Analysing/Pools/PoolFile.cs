using SiOutcomeLab.Cli.Analysing.Files;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Pooling;

namespace SiOutcomeLab.Cli.Analysing.Pools;

/// <summary>Estimates and their variances from a file.</summary>
internal sealed record PoolFile(ColumnTable Table, EstimateSet Data, IReadOnlyList<string> Labels, int[] Clusters)
{
    public static async Task<PoolFile> ReadAsync(PoolChoices choices, CancellationToken cancellationToken)
    {
        var (spread, flag) = choices.Variance is { } variance ? (variance, "--variance") : (choices.StandardError!, "--standard-error");
        var wishes = new List<ColumnWish>
        {
            new(choices.Estimate, ColumnForm.Number, "--estimate"), new(spread, ColumnForm.Number, flag),
        };
        string[] numeric = [.. choices.Moderators.Except(choices.Categorical, StringComparer.Ordinal)];
        wishes.AddRange(numeric.Select(name => new ColumnWish(name, ColumnForm.Number, "--moderators")));
        wishes.AddRange(choices.Categorical.Select(name => new ColumnWish(name, ColumnForm.Category, "--categorical")));
        if (choices.Label is { } label) wishes.Add(new(label, ColumnForm.Category, "--label"));
        if (choices.Cluster is { } cluster) wishes.Add(new(cluster, ColumnForm.Category, "--cluster"));
        var table = await ColumnFile.ReadAsync(choices.Data, choices.Separator, wishes, cancellationToken);
        var variances = table.Numbers(spread);
        var at = Array.FindIndex(variances, value => !(value > 0));
        if (at >= 0)
        {
            throw DataFault.At(
                table.Path, spread, table.RowNumbers[at], "inte över noll.", "not above zero.",
                new($"{flag} behöver tal över noll.", $"{flag} needs numbers above zero."));
        }

        if (choices.Variance is null) variances = Array.ConvertAll(variances, error => error * error);
        var moderators = new List<(string, double[])>(numeric.Select(name => (name, table.Numbers(name))));
        foreach (var name in choices.Categorical)
        {
            var category = table.Category(name);
            for (var level = 1; level < category.Levels.Count; level++) moderators.Add((name + category.Levels[level], category.Indicator(level)));
        }

        var data = EstimateSet.Independent(table.Numbers(choices.Estimate), variances, moderators.Count > 0 ? DesignMatrix.Keeping(moderators) : null);
        return new PoolFile(table, data, Names(table, choices), choices.Cluster is null ? [] : table.Category(choices.Cluster).Codes);
    }

    private static string[] Names(ColumnTable table, PoolChoices choices)
    {
        if (choices.Label is not { } label) return [.. table.RowNumbers.Select(row => $"{row}")];
        var category = table.Category(label);
        return [.. category.Codes.Select(code => category.Levels[code])];
    }
}
