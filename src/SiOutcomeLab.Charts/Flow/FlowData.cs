namespace SiOutcomeLab.Charts;

/// <summary>What a sample flow shows: how many remain after each step, and how many each step lost.</summary>
/// <param name="Steps">From all to those who are analysed.</param>
public sealed record FlowData(IReadOnlyList<FlowStep> Steps);

/// <summary>A group on the way.</summary>
/// <param name="Label">Who they are.</param>
/// <param name="Count">How many; null when it is suppressed.</param>
public sealed record FlowStep(string Label, long? Count)
{
    /// <summary>Who left between this step and the next.</summary>
    public IReadOnlyList<FlowLoss> Losses { get; init; } = [];

    /// <summary>Why no count is shown, in words.</summary>
    public string? Gap { get; init; }
}

/// <summary>Those who left, and why.</summary>
/// <param name="Label">The reason.</param>
/// <param name="Count">How many; null when it is suppressed.</param>
/// <param name="Gap">Why no count is shown, in words.</param>
public sealed record FlowLoss(string Label, long? Count, string? Gap = null);
