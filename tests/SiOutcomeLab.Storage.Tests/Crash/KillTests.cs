using Microsoft.Data.Sqlite;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Catalogue.Sqlite;
using SiOutcomeLab.Storage.Lake;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Crash;

/// <summary>
/// A process that takes submissions is killed without warning, again and again on one folder. What it acknowledged is there, whole;
/// what it did not is there whole or not at all. (The kill does not take the machine's page cache: for power loss the order of flushes
/// is what counts, see the project's README.)
/// </summary>
public sealed class KillTests : IDisposable
{
    private const int Rounds = 6;

    private readonly TemporaryFolder _parent = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _parent.Dispose();

    [Fact(Timeout = 180_000)]
    public async Task Kill_AfterAcknowledgement_LosesNothingAcknowledged()
    {
        var path = _parent.File("data");
        HashSet<string> acknowledged = [];
        var random = new Random(2026);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var id in await AcknowledgedUntilKilledAsync(path, random)) acknowledged.Add(id);
            await CheckAsync(path, acknowledged);
        }

        Assert.True(acknowledged.Count >= Rounds);
    }

    private static async Task<List<string>> AcknowledgedUntilKilledAsync(string path, Random random)
    {
        List<string> ids = [];
        using var process = CommittingProcess.Start(path);
        try
        {
            // The first rounds kill right after the first acknowledgement, the others somewhere in the work that follows.
            var wanted = random.Next(1, 12);
            while (ids.Count < wanted) ids.Add(await NextLineAsync(process.StandardOutput));
            if (wanted % 2 == 0) await Task.Delay(random.Next(0, 15), Cancel);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(Cancel);
        }

        // What it said between the last line read and its end counts as well; half a line was not said.
        var rest = await process.StandardOutput.ReadToEndAsync(Cancel);
        var whole = rest.LastIndexOf('\n') + 1;
        ids.AddRange(rest[..whole].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Trim()));
        return ids;
    }

    private static async Task<string> NextLineAsync(StreamReader output) =>
        await output.ReadLineAsync(Cancel) ?? throw new InvalidOperationException("The committing process ended by itself.");

    private static async Task CheckAsync(string path, HashSet<string> acknowledged)
    {
        using var folder = DataFolder.Open(path);
        using var lake = new FolderLake(folder.LakePath);
        IReadOnlyList<Submission> standing;
        await using (var catalogue = await SqliteCatalogue.OpenAsync(folder.CataloguePath, cancellationToken: Cancel))
        {
            standing = await catalogue.Submissions.InProjectAsync(SampleSubmissions.Project, Cancel);
        }

        Assert.Subset(standing.Select(s => s.Id).ToHashSet(), acknowledged);
        Assert.Equal(Enumerable.Range(1, standing.Count).Select(i => (long)i), standing.Select(s => s.Sequence));
        foreach (var submission in standing)
        {
            await using var stream = await lake.OpenReadAsync(submission.Observations, Cancel);
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy, Cancel);
            Assert.Equal(CommittingProcess.Content(submission.ContentHash), copy.ToArray());
        }

        await using var connection = new SqliteConnection($"Data Source={folder.CataloguePath};Pooling=False");
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        Assert.Equal("ok", await command.ExecuteScalarAsync(Cancel));
        command.CommandText = "PRAGMA foreign_key_check";
        Assert.Null(await command.ExecuteScalarAsync(Cancel));
    }
}
