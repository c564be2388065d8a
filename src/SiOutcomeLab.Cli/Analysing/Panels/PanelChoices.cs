using SiOutcomeLab.Statistics.Panel;

namespace SiOutcomeLab.Cli.Analysing.Panels;

/// <summary>What <c>silab analyse did</c> reads and how it estimates; the defaults are those of R's did.</summary>
internal sealed record PanelChoices
{
    public required string Data { get; init; }

    public char? Separator { get; init; }

    public required string Outcome { get; init; }

    public required string Time { get; init; }

    /// <summary>Null for repeated cross-sections.</summary>
    public string? Id { get; init; }

    public required string FirstTreated { get; init; }

    public IReadOnlyList<string> Covariates { get; init; } = [];

    public IReadOnlyList<string> Categorical { get; init; } = [];

    public string? Cluster { get; init; }

    public string? Weights { get; init; }

    public required string MethodWord { get; init; }

    public required string ControlWord { get; init; }

    public CallawaySantAnnaOptions Options { get; init; } = new();

    /// <summary>Keeps units that are not observed in every period.</summary>
    public bool Unbalanced { get; init; }

    public int? BalanceEventTime { get; init; }

    /// <summary>Draws of the uniform bands; null for none.</summary>
    public MultiplierBootstrapOptions? Bands { get; init; }
}
