using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Custody;

/// <summary>
/// Removes for good what may be kept no longer. The catalogue ceases to name the files first, and writes down that it does; a crash before they are deleted leaves orphans
/// that the lake's sweeper takes. Repeating it is harmless.
/// </summary>
public sealed class RetentionSweep(ICatalogue catalogue, LakeGate gate, TimeProvider time)
{
    /// <summary>Removes the rows of every submission whose retention date has passed in Sweden; says how many submissions.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var overdue = await catalogue.Submissions.OverdueAsync(SwedishDay.Of(now), cancellationToken);
        foreach (var submission in overdue)
        {
            var proof = AuditEntry.OfHub(now, "purge", "submissions/" + submission.Id, "OK");
            await catalogue.Submissions.PurgeAsync(submission.Id, proof, cancellationToken);
            await gate.RemoveAsync([submission.Observations, submission.Participations], CancellationToken.None);
        }

        return overdue.Count;
    }
}
