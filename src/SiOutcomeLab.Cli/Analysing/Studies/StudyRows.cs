using System.Globalization;
using SiOutcomeLab.Cli.Analysing.Files;
using SiOutcomeLab.Statistics;

namespace SiOutcomeLab.Cli.Analysing.Studies;

/// <summary>The rows of an analysis of treated and comparison rows, as the engine takes them.</summary>
internal sealed class StudyRows
{
    private StudyRows(ColumnTable table, StudyColumns columns, bool[] treated)
    {
        (Table, Columns, Treated) = (table, columns, treated);
    }

    public ColumnTable Table { get; }

    public StudyColumns Columns { get; }

    public bool[] Treated { get; }

    public int TreatedCount => Treated.Count(arm => arm);

    /// <summary>Empty without an outcome.</summary>
    public double[] Outcome { get; private init; } = [];

    /// <summary>For models: numbers as they are, categories as indicators of all levels but the first.</summary>
    public required DesignMatrix Covariates { get; init; }

    /// <summary>For balance: as <see cref="Covariates"/>, but categories of three levels or more with every level.</summary>
    public required DesignMatrix Described { get; init; }

    /// <summary>Cell of the exact columns per row; empty without.</summary>
    public int[] Strata { get; private init; } = [];

    /// <summary>Empty without clusters.</summary>
    public int[] Clusters { get; private init; } = [];

    /// <summary>Empty without weights.</summary>
    public double[] Weights { get; private init; } = [];

    /// <summary>The order of the file.</summary>
    public long[] FileOrder()
    {
        var keys = new long[Treated.Length];
        for (var i = 0; i < keys.Length; i++) keys[i] = i;
        return keys;
    }

    public static async Task<StudyRows> ReadAsync(StudyColumns columns, CancellationToken cancellationToken)
    {
        var table = await ColumnFile.ReadAsync(columns.Data, columns.Separator, columns.Wishes(), cancellationToken);
        return new StudyRows(table, columns, Arms(table, columns))
        {
            Outcome = columns.Outcome is { } outcome ? table.Numbers(outcome) : [],
            Covariates = Design(table, columns, everyLevel: false),
            Described = Design(table, columns, everyLevel: true),
            Strata = Cells(columns.Exact.Select(table.Category), table.Rows),
            Clusters = columns.Cluster is { } cluster ? table.Category(cluster).Codes : [],
            Weights = columns.Weights is { } weights ? NotNegative(table, weights) : [],
        };
    }

    private static bool[] Arms(ColumnTable table, StudyColumns columns)
    {
        var column = table.Category(columns.Treatment);
        var means = column.Levels.Select(level => Means(level, columns.TreatedLevel)).ToArray();
        if (means.Contains(null) || column.Levels.Count > 2)
        {
            throw column.Levels.Count > 2
                ? DataFault.Of(
                    new(
                        $"{table.Path}, kolumn {columns.Treatment}: {column.Levels.Count} nivåer, där två armar väntas.",
                        $"{table.Path}, column {columns.Treatment}: {column.Levels.Count} levels where two arms are expected."),
                    new(
                        "Ge en kolumn med 0 och 1, eller ett urval med två nivåer.",
                        "Give a column of 0 and 1, or a selection of two levels."))
                : DataFault.Of(
                    new(
                        $"{table.Path}, kolumn {columns.Treatment}: nivåerna är inte 0 och 1 eller true och false.",
                        $"{table.Path}, column {columns.Treatment}: the levels are not 0 and 1 or true and false."),
                    new("Säg vilken nivå som är behandlad med --treated-level.", "Say which level is treated with --treated-level."));
        }

        if (columns.TreatedLevel is not null && column.Levels.Count > 0 && !means.Contains(true))
        {
            throw DataFault.Of(
                new(
                    $"{table.Path}, kolumn {columns.Treatment}: ingen rad har den nivå som --treated-level anger.",
                    $"{table.Path}, column {columns.Treatment}: no row has the level that --treated-level gives."),
                new("Kontrollera stavningen.", "Check the spelling."));
        }

        return Array.ConvertAll(column.Codes, code => means[code]!.Value);
    }

    private static bool? Means(string level, string? treated)
    {
        if (treated is not null) return level == treated;
        if (bool.TryParse(level, out var flag)) return flag;
        return double.TryParse(level, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is 0 or 1 ? number == 1 : null;
    }

    private static DesignMatrix Design(ColumnTable table, StudyColumns columns, bool everyLevel)
    {
        var design = columns.Numeric.Distinct(StringComparer.Ordinal).Select(name => (name, table.Numbers(name))).ToList();
        foreach (var name in columns.Categorical.Distinct(StringComparer.Ordinal))
        {
            var category = table.Category(name);
            for (var level = everyLevel && category.Levels.Count > 2 ? 0 : 1; level < category.Levels.Count; level++)
            {
                design.Add((name + category.Levels[level], category.Indicator(level)));
            }
        }

        return design.Count > 0 ? DesignMatrix.Keeping(design) : new DesignMatrix(table.Rows, [], []);
    }

    private static int[] Cells(IEnumerable<CategoryColumn> exact, int rows)
    {
        int[] cells = [];
        foreach (var column in exact)
        {
            if (cells.Length == 0) cells = new int[rows];
            var seen = new Dictionary<(int, int), int>();
            for (var i = 0; i < rows; i++)
            {
                var key = (cells[i], column.Codes[i]);
                if (!seen.TryGetValue(key, out var cell)) seen.Add(key, cell = seen.Count);
                cells[i] = cell;
            }
        }

        return cells;
    }

    private static double[] NotNegative(ColumnTable table, string name)
    {
        var weights = table.Numbers(name);
        var at = Array.FindIndex(weights, weight => weight < 0);
        return at < 0
            ? weights
            : throw DataFault.At(
                table.Path, name, table.RowNumbers[at], "en vikt under noll.", "a weight under zero.",
                new("Ge vikter som är noll eller större.", "Give weights of zero or more."));
    }
}
