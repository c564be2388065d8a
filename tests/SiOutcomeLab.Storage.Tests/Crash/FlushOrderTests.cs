using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Catalogue.Sqlite;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Crash;

/// <summary>
/// A power loss takes whatever was not flushed. So before an acknowledgement the object, its folders and the catalogue's log are.
/// </summary>
public sealed class FlushOrderTests : IDisposable
{
    private const int Submissions = 5;

    private readonly TemporaryFolder _parent = new();

    public void Dispose() => _parent.Dispose();

    [Fact(Timeout = 120_000)]
    public async Task Commit_EachAcknowledgement_ComesAfterItsFlushes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "strace is a Linux tool.");
        var cancel = TestContext.Current.CancellationToken;
        var data = _parent.File("data");

        var events = await Strace.RunAsync(CommittingProcess.Command(data, Submissions), _parent.File("trace"), cancel);

        IReadOnlyList<Submission> committed;
        await using (var catalogue = await SqliteCatalogue.OpenAsync(Path.Combine(data, "catalogue.db"), cancellationToken: cancel))
        {
            committed = await catalogue.Submissions.InProjectAsync(SampleSubmissions.Project, cancel);
        }

        Assert.Equal(Submissions, committed.Count);
        var earlier = 0;
        foreach (var submission in committed)
        {
            var sha256 = submission.Observations.Sha256;
            var objects = Path.Combine(data, "lake", "objects");
            var shard = Path.Combine(objects, sha256[..2]);
            var said = IndexOf(events, "said " + submission.Id, earlier);
            var upload = CommittingProcess.UploadId((int)submission.Sequence - 1) + ".observations.spool";
            var arrived = IndexOf(events, "sync " + Path.Combine(data, "spool", upload), earlier);
            var named = IndexOf(events, "sync " + Path.Combine(data, "spool"), arrived);
            var file = IndexOf(events, "sync " + Path.Combine(shard, sha256[2..]), named);
            var inShard = IndexOf(events, "sync " + shard, file);
            var log = IndexOf(events, "sync " + Path.Combine(data, "catalogue.db-wal"), inShard);

            Assert.True(IndexOf(events, "sync " + objects, earlier) < log);
            Assert.True(log < said);
            earlier = said;
        }

        Assert.Contains("sync " + Path.Combine(data, "lake"), events);
        Assert.Contains("sync " + data, events);
        Assert.Contains("sync " + _parent.Path, events);
    }

    private static int IndexOf(IReadOnlyList<string> events, string wanted, int from)
    {
        for (var i = from; i < events.Count; i++)
        {
            if (events[i] == wanted) return i;
        }

        Assert.Fail($"'{wanted}' did not happen.");
        return -1;
    }
}
