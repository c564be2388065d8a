using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>Which failures of a run may pass by themselves, and when it is tried again.</summary>
internal static class RetryRule
{
    /// <summary>After so many claims a run is left to somebody, whether it failed each time or took the process with it.</summary>
    public const int MaximumAttempts = 5;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(15);

    /// <summary>
    /// True for what a disk, a server or a neighbour may mend: then the same run may come out another way. Everything else gives the same
    /// failure each time, for a run is a function of its plan and its data.
    /// </summary>
    public static bool IsTransient(Exception exception) => exception is
        CatalogueUnavailableException or IOException or TimeoutException or LakeObjectMissingException or OutOfMemoryException;

    /// <summary>When a run whose attempt has failed is tried again; null when not.</summary>
    /// <param name="run">The run under its claim.</param>
    /// <param name="exception">What went wrong.</param>
    /// <param name="now">The time.</param>
    public static DateTimeOffset? NextTry(Run run, Exception exception, DateTimeOffset now) =>
        IsTransient(exception) && run.Attempts < MaximumAttempts ? now + Delay(run) : null;

    // 15 s, 1 min, 4 min, 16 min, each up to a quarter longer by the run's own name: runs that a full disk has stopped together do not
    // come back together.
    private static TimeSpan Delay(Run run)
    {
        var share = run.Id.Aggregate(0u, (sum, c) => unchecked((sum * 31) + c)) % 1000 / 4000.0;
        return First * Math.Pow(4, Math.Max(0, run.Attempts - 1)) * (1 + share);
    }
}
