using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Custody;

/// <summary>
/// Removes for good what may be kept no longer. The catalogue ceases to name the files first; a crash before they are deleted leaves orphans
/// that the lake's sweeper takes. Repeating it is harmless.
/// </summary>
public sealed class RetentionSweep(ICatalogue catalogue, ILake lake, TimeProvider time)
{
    /// <summary>Removes the rows of every submission whose retention date has passed in Sweden; says how many submissions.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var overdue = await catalogue.Submissions.OverdueAsync(SwedishDay.Of(now), cancellationToken);
        foreach (var submission in overdue)
        {
            await catalogue.Submissions.PurgeAsync(submission.Id, now, cancellationToken);
            await LakeRemoval.RemoveAsync(catalogue.Submissions, lake, [submission.Observations, submission.Participations], cancellationToken);
            await catalogue.Audit.AppendAsync(AuditEntry.OfHub(now, "purge", "submissions/" + submission.Id, "OK"), cancellationToken);
        }

        return overdue.Count;
    }
}
