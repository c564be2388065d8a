using SiOutcomeLab.Statistics.Pooling;

namespace SiOutcomeLab.Cli.Analysing.Pools;

/// <summary>What <c>silab analyse pool</c> reads and how it pools; the defaults are metafor's.</summary>
internal sealed record PoolChoices
{
    public required string Data { get; init; }

    public char? Separator { get; init; }

    public required string Estimate { get; init; }

    /// <summary>Either this or <see cref="StandardError"/>.</summary>
    public string? Variance { get; init; }

    public string? StandardError { get; init; }

    public string? Label { get; init; }

    public string? Cluster { get; init; }

    public IReadOnlyList<string> Moderators { get; init; } = [];

    public IReadOnlyList<string> Categorical { get; init; } = [];

    public required string MethodWord { get; init; }

    public required string TestWord { get; init; }

    public PoolingOptions Options { get; init; } = new() { Test = PoolingTest.Normal };

    public PredictionKind Prediction { get; init; } = PredictionKind.AsTest;

    /// <summary>Whether sources' own effects and a further one's are told with tau² unknown, as the hub's benchmarks are.</summary>
    public bool AveragesTau { get; init; }
}
