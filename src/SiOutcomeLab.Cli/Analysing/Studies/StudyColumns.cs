using SiOutcomeLab.Cli.Analysing.Files;

namespace SiOutcomeLab.Cli.Analysing.Studies;

/// <summary>Which columns of a file are what, in an analysis of treated and comparison rows.</summary>
internal sealed record StudyColumns
{
    public required string Data { get; init; }

    /// <summary>What stands between fields; null to find out.</summary>
    public char? Separator { get; init; }

    public required string Treatment { get; init; }

    /// <summary>The level of <see cref="Treatment"/> that means treated; null for 1 or true.</summary>
    public string? TreatedLevel { get; init; }

    /// <summary>Null for an analysis that is blind to outcomes.</summary>
    public string? Outcome { get; init; }

    public IReadOnlyList<string> Covariates { get; init; } = [];

    public IReadOnlyList<string> Categorical { get; init; } = [];

    public IReadOnlyList<string> Exact { get; init; } = [];

    public string? Cluster { get; init; }

    public string? Weights { get; init; }

    /// <summary>Covariates that are numbers; one that is named as categorical too is that.</summary>
    public IEnumerable<string> Numeric => Covariates.Except(Categorical, StringComparer.Ordinal);

    public IReadOnlyList<ColumnWish> Wishes()
    {
        var wishes = new List<ColumnWish> { new(Treatment, ColumnForm.Category, "--treatment") };
        if (Outcome is { } outcome) wishes.Add(new(outcome, ColumnForm.Number, "--outcome"));
        wishes.AddRange(Numeric.Select(name => new ColumnWish(name, ColumnForm.Number, "--covariates")));
        wishes.AddRange(Categorical.Select(name => new ColumnWish(name, ColumnForm.Category, "--categorical")));
        wishes.AddRange(Exact.Select(name => new ColumnWish(name, ColumnForm.Category, "--exact")));
        if (Cluster is { } cluster) wishes.Add(new(cluster, ColumnForm.Category, "--cluster"));
        if (Weights is { } weights) wishes.Add(new(weights, ColumnForm.Number, "--weights"));
        return wishes;
    }
}
