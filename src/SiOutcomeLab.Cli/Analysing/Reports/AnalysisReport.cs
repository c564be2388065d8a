using SiOutcomeLab.Domain;
using SiOutcomeLab.Statistics.Balance;
using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Cli.Analysing.Reports;

/// <summary>What an analysis found, before it is printed.</summary>
internal sealed class AnalysisReport
{
    /// <summary>The verb: match, weight, effect, did, pool, power or balance.</summary>
    public required string Analysis { get; init; }

    /// <summary>The file as the user named it; null where none was read.</summary>
    public string? File { get; init; }

    public int RowsInFile { get; init; }

    public int RowsUsed { get; init; }

    /// <summary>Everything that decides the numbers, by its JSON name: text, number, truth value or null.</summary>
    public List<(string Name, object? Value)> Settings { get; } = [];

    /// <summary>The headline first.</summary>
    public List<EstimateLine> Estimates { get; } = [];

    public DroppedRows Dropped { get; init; } = new();

    /// <summary>Counts and diagnostics, by JSON name and in words.</summary>
    public List<Diagnostic> Diagnostics { get; } = [];

    /// <summary>Of the propensity model; empty without one.</summary>
    public IReadOnlyList<Coefficient> Coefficients { get; set; } = [];

    public Overlap? Overlap { get; set; }

    public BalanceTable? Balance { get; set; }

    /// <summary>The same balance with every denominator; empty where only one was asked for.</summary>
    public IReadOnlyList<BalanceTable> ByDenominator { get; set; } = [];

    public BalanceVerdict? Gate { get; set; }

    /// <summary>What was pooled; empty for other analyses.</summary>
    public IReadOnlyList<PooledSource> Sources { get; set; } = [];

    /// <summary>What a reader must know beside the numbers.</summary>
    public List<BilingualText> Notes { get; } = [];

    /// <summary>Why there is no headline; null when there is.</summary>
    public Refusal? NotEstimable { get; set; }
}

/// <summary>A figure beside the estimates.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Value">Number; NaN for none.</param>
/// <param name="Label">In words; null when only JSON has it.</param>
internal sealed record Diagnostic(string Name, double Value, BilingualText? Label);
