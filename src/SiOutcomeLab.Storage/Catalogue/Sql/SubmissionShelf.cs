using System.Collections.Concurrent;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <summary>
/// Submissions as they were last read, for as long as their project's mark stands where it stood then. A national project has thousands, and
/// every run asks for them, and several times for what its snapshot holds. The database moves the mark with every change of a row, whichever
/// process makes it; it is asked for before the rows are, so that what changes in between is in them, and the next mark is another.
/// </summary>
internal sealed class SubmissionShelf(ICatalogueDatabase database)
{
    // A run asks again and again for its own. Begun anew rather than sorted by age.
    private const int MostSnapshots = 64;

    private readonly ConcurrentDictionary<string, Shelf> _shelves = new(StringComparer.Ordinal);

    /// <summary>A project's live submissions in commit order.</summary>
    public async Task<IReadOnlyList<Submission>> LiveAsync(string project, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT moved FROM change_mark WHERE subject = 'submissions ' || @project";
        const string Live = $"SELECT {SubmissionRow.Columns} FROM submission WHERE project = @project AND state = 1 ORDER BY sequence";
        var shelf = ShelfOf(project, await database.FirstOrDefaultAsync<long>(Sql, new { project }, cancellationToken));
        if (shelf.Live is { } held) return held.Submissions;
        var live = new LiveSubmissions(await ReadAsync(Live, new { project }, cancellationToken));
        shelf.Live = live;
        return live.Submissions;
    }

    /// <summary>The submissions of a kept snapshot in order, whatever has become of them; null when there is no such snapshot.</summary>
    public async Task<IReadOnlyList<Submission>?> InSnapshotAsync(string snapshotHash, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT s.project AS Project, COALESCE(m.moved, 0) AS Moved
            FROM snapshot s LEFT JOIN change_mark m ON m.subject = 'submissions ' || s.project WHERE s.hash = @snapshotHash
            """;
        const string Whole = $"""
            SELECT {SubmissionRow.Columns} FROM submission
            JOIN snapshot_submission ON snapshot_submission.submission_id = submission.id
            WHERE snapshot_submission.snapshot_hash = @snapshotHash ORDER BY snapshot_submission.ordinal
            """;
        if (await database.FirstOrDefaultAsync<SnapshotMark>(Sql, new { snapshotHash }, cancellationToken) is not { } mark) return null;
        var shelf = ShelfOf(mark.Project, mark.Moved);
        if (shelf.Snapshots.TryGetValue(snapshotHash, out var held)) return held;
        var read = await OfLiveAsync(shelf.Live, snapshotHash, cancellationToken) ?? await ReadAsync(Whole, new { snapshotHash }, cancellationToken);
        if (shelf.Snapshots.Count >= MostSnapshots) shelf.Snapshots.Clear();
        shelf.Snapshots[snapshotHash] = read;
        return read;
    }

    // What a snapshot holds is never changed: where all of it still lives, the rows have been read already.
    private async Task<IReadOnlyList<Submission>?> OfLiveAsync(LiveSubmissions? live, string snapshotHash, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT submission_id FROM snapshot_submission WHERE snapshot_hash = @snapshotHash ORDER BY ordinal";
        if (live is null) return null;
        var ids = await database.ListAsync<string>(Sql, new { snapshotHash }, cancellationToken);
        var members = new Submission[ids.Count];
        for (var i = 0; i < members.Length; i++)
        {
            if (!live.ById.TryGetValue(ids[i], out var member)) return null;
            members[i] = member;
        }

        return members;
    }

    private Shelf ShelfOf(string project, long moved)
    {
        if (_shelves.TryGetValue(project, out var held) && held.Moved == moved) return held;
        return _shelves[project] = new Shelf(moved);
    }

    private async Task<IReadOnlyList<Submission>> ReadAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        var rows = await database.ListAsync<SubmissionRow>(sql, parameters, cancellationToken);
        return [.. rows.Select(r => r.ToSubmission())];
    }

    private sealed class Shelf(long moved)
    {
        private volatile LiveSubmissions? _live;

        public long Moved { get; } = moved;

        public ConcurrentDictionary<string, IReadOnlyList<Submission>> Snapshots { get; } = new(StringComparer.Ordinal);

        public LiveSubmissions? Live
        {
            get => _live;
            set => _live = value;
        }
    }

    private sealed class LiveSubmissions(IReadOnlyList<Submission> submissions)
    {
        public IReadOnlyList<Submission> Submissions { get; } = submissions;

        public Dictionary<string, Submission> ById { get; } = submissions.ToDictionary(s => s.Id, StringComparer.Ordinal);
    }

    private sealed record SnapshotMark
    {
        public string Project { get; init; } = string.Empty;

        public long Moved { get; init; }
    }
}
