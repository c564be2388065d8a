using SiOutcomeLab.Cli.Analysing.Files;
using SiOutcomeLab.Cli.Analysing.Reports;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Panel;

namespace SiOutcomeLab.Cli.Analysing.Panels;

/// <summary>A panel in long form, read from a file and checked: whole periods, one row per unit and period, what must not change.</summary>
internal sealed class PanelFile
{
    private PanelFile(ColumnTable table, PanelRows rows) => (Table, Rows) = (table, rows);

    public ColumnTable Table { get; }

    public PanelRows Rows { get; }

    public required int[] Periods { get; init; }

    public required int[] FirstTreated { get; init; }

    /// <summary>Code of the unit per row; the row's own number without units.</summary>
    public required long[] Units { get; init; }

    /// <summary>Covariates that change within a unit, so that its first row's are taken.</summary>
    public required IReadOnlyList<string> Changing { get; init; }

    public static async Task<PanelFile> ReadAsync(PanelChoices choices, CancellationToken cancellationToken)
    {
        var wishes = new List<ColumnWish>
        {
            new(choices.Outcome, ColumnForm.Number, "--outcome"),
            new(choices.Time, ColumnForm.Number, "--time"),
            new(choices.FirstTreated, ColumnForm.NumberOrNothing, "--first-treated"),
        };
        if (choices.Id is { } id) wishes.Add(new(id, ColumnForm.Category, "--id"));
        if (choices.Cluster is { } cluster) wishes.Add(new(cluster, ColumnForm.Category, "--cluster"));
        if (choices.Weights is { } weights) wishes.Add(new(weights, ColumnForm.Number, "--weights"));
        string[] numeric = [.. choices.Covariates.Except(choices.Categorical, StringComparer.Ordinal)];
        wishes.AddRange(numeric.Select(name => new ColumnWish(name, ColumnForm.Number, "--covariates")));
        wishes.AddRange(choices.Categorical.Select(name => new ColumnWish(name, ColumnForm.Category, "--categorical")));
        var table = await ColumnFile.ReadAsync(choices.Data, choices.Separator, wishes, cancellationToken);
        var periods = Whole(table, choices.Time, "--time");
        var first = First(table, choices.FirstTreated);
        long[] units = choices.Id is null ? [] : Array.ConvertAll(table.Category(choices.Id).Codes, code => (long)code);
        int[] clusters = choices.Cluster is null ? [] : table.Category(choices.Cluster).Codes;
        if (units.Length > 0)
        {
            RequireOnePerPeriod(table, choices, units, periods);
            RequireConstant(table, choices.FirstTreated, units, first);
            if (clusters.Length > 0) RequireConstant(table, choices.Cluster!, units, clusters);
        }

        var covariates = new List<(string Name, double[] Values)>(numeric.Select(name => (name, table.Numbers(name))));
        foreach (var name in choices.Categorical)
        {
            var category = table.Category(name);
            for (var level = 1; level < category.Levels.Count; level++) covariates.Add((name + category.Levels[level], category.Indicator(level)));
        }

        var rows = new PanelRows(
            units,
            periods,
            first,
            table.Numbers(choices.Outcome),
            covariates.Count > 0 ? DesignMatrix.Keeping(covariates) : null,
            choices.Weights is null ? [] : Positive(table, choices.Weights),
            clusters);
        return new PanelFile(table, rows)
        {
            Periods = periods,
            FirstTreated = first,
            Units = units,
            Changing = units.Length == 0 ? [] : [.. covariates.Where(column => Changes(units, column.Values)).Select(column => column.Name)],
        };
    }

    private static int[] Whole(ColumnTable table, string column, string flag)
    {
        var values = table.Numbers(column);
        var whole = new int[values.Length];
        for (var i = 0; i < whole.Length; i++)
        {
            if (values[i] != Math.Floor(values[i]) || Math.Abs(values[i]) > 1e9)
            {
                throw DataFault.At(
                    table.Path, column, table.RowNumbers[i], "inte ett heltal.", "not a whole number.",
                    new(
                        $"{flag} behöver heltal, till exempel årtal eller periodens nummer.",
                        $"{flag} needs whole numbers, for instance years or the period's number."));
            }

            whole[i] = (int)values[i];
        }

        return whole;
    }

    // Zero or nothing means never, as in R's did.
    private static int[] First(ColumnTable table, string column)
    {
        var values = table.Numbers(column);
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i])) values[i] = 0;
        }

        return Array.ConvertAll(Whole(table, column, "--first-treated"), value => value == 0 ? PanelRows.NeverTreated : value);
    }

    private static double[] Positive(ColumnTable table, string column)
    {
        var weights = table.Numbers(column);
        var at = Array.FindIndex(weights, weight => !(weight > 0));
        return at < 0 ? weights : throw DataFault.At(
            table.Path, column, table.RowNumbers[at], "en vikt som inte är över noll.", "a weight that is not above zero.",
            new("Ge vikter över noll.", "Give weights above zero."));
    }

    private static void RequireOnePerPeriod(ColumnTable table, PanelChoices choices, long[] units, int[] periods)
    {
        var seen = new HashSet<(long, int)>(units.Length);
        for (var i = 0; i < units.Length; i++)
        {
            if (seen.Add((units[i], periods[i]))) continue;
            throw DataFault.At(
                table.Path, choices.Id!, table.RowNumbers[i], "enheten har redan en rad i den perioden.", "the unit already has a row in that period.",
                new("Behåll en rad per enhet och period.", "Keep one row per unit and period."));
        }
    }

    private static void RequireConstant(ColumnTable table, string column, long[] units, int[] values)
    {
        var first = new Dictionary<long, int>();
        for (var i = 0; i < units.Length; i++)
        {
            if (first.TryAdd(units[i], values[i]) || first[units[i]] == values[i]) continue;
            throw DataFault.At(
                table.Path, column, table.RowNumbers[i], "skiljer sig från enhetens tidigare rader.", "differs from the unit's earlier rows.",
                new($"{column} får inte ändras över tid för en enhet.", $"{column} may not change over time for a unit."));
        }
    }

    private static bool Changes(long[] units, double[] values)
    {
        var first = new Dictionary<long, double>();
        for (var i = 0; i < units.Length; i++)
        {
            if (!first.TryAdd(units[i], values[i]) && first[units[i]] != values[i]) return true;
        }

        return false;
    }
}
