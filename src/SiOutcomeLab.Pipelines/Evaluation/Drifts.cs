using SiOutcomeLab.Domain.Effects;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>Whether a look has left the interval of the one before.</summary>
internal static class Drifts
{
    /// <summary>What a look will be held against; null when the earlier one has no estimate.</summary>
    public static Drift? From(EvaluationResult earlier) => earlier.Estimates[0].Estimate is { } e
        ? new Drift(earlier.Lineage.Look, e.Low, e.High, IsAlarm: false)
        : null;

    /// <summary>The same, judged; null when the look has no estimate.</summary>
    public static Drift? Judge(Drift? earlier, PointEstimate? now) => earlier is null || now is null
        ? null
        : earlier with { IsAlarm = now.Point < earlier.EarlierLow || now.Point > earlier.EarlierHigh };
}
