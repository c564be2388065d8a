using SiOutcomeLab.Domain.Effects;
using Statistical = SiOutcomeLab.Statistics.NotEstimableReason;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>What a statistical refusal means to the lab's readers.</summary>
internal static class Reasons
{
    /// <summary>The domain reason of a statistical one. The detail stays inside: it may carry counts, and counts pass the gate as cells.</summary>
    public static NotEstimable Of(Statistical reason) => new(
        reason switch
        {
            Statistical.NoTreated => NotEstimableReason.TooFewParticipants,
            Statistical.NoComparison => NotEstimableReason.TooFewComparisonPersons,
            Statistical.Separation => NotEstimableReason.Separation,
            Statistical.NoOverlap => NotEstimableReason.NoOverlap,
            Statistical.TooFewMatches => NotEstimableReason.TooFewMatches,
            Statistical.NoVariation => NotEstimableReason.NoVariation,
            Statistical.TooFewObservations => NotEstimableReason.TooFewParticipants,
            Statistical.GateFailed => NotEstimableReason.BalanceGateFailed,
            Statistical.Collinear or Statistical.DidNotConverge => NotEstimableReason.DidNotConverge,
            _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "A statistical reason without a domain reason."),
        },
        string.Empty);
}
