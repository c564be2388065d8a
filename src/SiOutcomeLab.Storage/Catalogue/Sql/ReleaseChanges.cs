namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <summary>
/// The times of changes that readers can see. Write transactions take turns in every dialect, so that times given out one after the other
/// are committed one after the other; a clock that stands still or goes back is overruled.
/// </summary>
internal static class ReleaseChanges
{
    /// <summary>The transaction's time of change: its own, and later than every earlier one's.</summary>
    public static async Task<string> TimeAsync(CatalogueWrite write, DateTimeOffset now)
    {
        write.ChangesReleases = true;
        var own = StoredTime.Write(now);
        var last = await write.FirstOrDefaultAsync<string>("SELECT MAX(changed_at) FROM release");
        return last is null or "" || string.CompareOrdinal(own, last) > 0 ? own : StoredTime.Write(StoredTime.Read(last).AddTicks(1));
    }

    /// <summary>The releases of a run have changed.</summary>
    public static Task<int> OfRunAsync(CatalogueWrite write, string runId, string at) =>
        write.ExecuteAsync("UPDATE release SET changed_at = @at WHERE run_id = @runId", new { runId, at });

    /// <summary>The standing of a submission's data has changed, and with it that of the results which rest on it and stand.</summary>
    public static async Task OfSubmissionAsync(CatalogueWrite write, string submissionId, DateTimeOffset now)
    {
        const string Sql = """
            UPDATE release SET changed_at = @at WHERE run_id IN (
                SELECT c.run_id FROM snapshot_submission m
                JOIN run r ON r.snapshot_hash = m.snapshot_hash
                JOIN plan_current c ON c.run_id = r.id
                WHERE m.submission_id = @submissionId)
            """;
        await write.ExecuteAsync(Sql, new { submissionId, at = await TimeAsync(write, now) });
    }
}
