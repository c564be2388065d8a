using System.Diagnostics;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Catalogue;

public abstract class AuditLogContract : CatalogueContract
{
    private protected static AuditEntry Entry(int number, string organisation = "0180") => new(
        SampleSubmissions.Time.AddSeconds(number), new OrganisationId(organisation), "anna", AuthenticationKind.Certificate,
        "/sioutcomelab.runs.v1.EvaluationService/GetRun", $"runs/{number}", "OK");

    [Fact(Timeout = Limit)]
    public async Task Append_Entries_AreChainedAndSurviveARestart()
    {
        for (var i = 1; i <= 3; i++) await Catalogue.Audit.AppendAsync(Entry(i), Cancel);
        await ReopenAsync();
        await Catalogue.Audit.AppendAsync(Entry(4), Cancel);

        var entries = await Catalogue.Audit.ListAsync(null, 0, 10, Cancel);

        Assert.Equal([1L, 2, 3, 4], entries.Select(e => e.Sequence));
        Assert.Equal([1, 2, 3, 4], entries.Select(e => int.Parse(e.Entry.Resource["runs/".Length..])));
        var hash = AuditChain.Genesis;
        foreach (var entry in entries) Assert.Equal(hash = AuditChain.HashOf(hash, entry.Sequence, entry.Entry), entry.Hash);
        Assert.Equal(new AuditHead(4, hash), await Catalogue.Audit.HeadAsync(Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Append_ManyAtOnce_GivesOneWholeChainInFewCommits()
    {
        var started = Stopwatch.GetTimestamp();

        await Task.WhenAll(Enumerable.Range(1, 2000).Select(i => Catalogue.Audit.AppendAsync(Entry(i), Cancel)));

        var verdict = await Catalogue.Audit.VerifyAsync(null, Cancel);
        Assert.Null(verdict.Break);
        Assert.Equal(2000, verdict.Checked);
        TestContext.Current.SendDiagnosticMessage($"2000 durable entries in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms");
    }

    [Fact(Timeout = Limit)]
    public async Task Enqueue_WithoutWaiting_IsThereAfterAFlushAndAfterClosing()
    {
        await Catalogue.Audit.EnqueueAsync(Entry(1), Cancel);
        await Catalogue.Audit.FlushAsync(Cancel);
        Assert.Single(await Catalogue.Audit.ListAsync(null, 0, 10, Cancel));

        for (var i = 2; i <= 20; i++) await Catalogue.Audit.EnqueueAsync(Entry(i), Cancel);
        await ReopenAsync();

        Assert.Equal(20, (await Catalogue.Audit.ListAsync(null, 0, 100, Cancel)).Count);
    }

    [Fact(Timeout = Limit)]
    public async Task List_OneOrganisation_ShowsNoOther()
    {
        for (var i = 1; i <= 4; i++) await Catalogue.Audit.AppendAsync(Entry(i, i % 2 == 0 ? "0180" : "2480"), Cancel);

        Assert.Equal([2L, 4], (await Catalogue.Audit.ListAsync(new OrganisationId("0180"), 0, 10, Cancel)).Select(e => e.Sequence));
        Assert.Equal([4L], (await Catalogue.Audit.ListAsync(new OrganisationId("0180"), 2, 10, Cancel)).Select(e => e.Sequence));
    }

    [Fact(Timeout = Limit)]
    public async Task Verify_HeadKeptFromBefore_HoldsAsTheChainGrows()
    {
        Assert.Null((await Catalogue.Audit.VerifyAsync(new AuditHead(0, AuditChain.Genesis), Cancel)).Break);
        await Catalogue.Audit.AppendAsync(Entry(1), Cancel);
        var kept = await Catalogue.Audit.HeadAsync(Cancel);
        for (var i = 2; i <= 1500; i++) await Catalogue.Audit.EnqueueAsync(Entry(i), Cancel);
        await Catalogue.Audit.FlushAsync(Cancel);

        var verdict = await Catalogue.Audit.VerifyAsync(kept, Cancel);

        Assert.Null(verdict.Break);
        Assert.Equal((1500L, 1500L), (verdict.Checked, verdict.Head.Sequence));
        Assert.Equal(
            new AuditBreak(1, AuditBreakKind.Rewritten),
            (await Catalogue.Audit.VerifyAsync(kept with { Hash = new string('a', 64) }, Cancel)).Break);
        Assert.Equal(
            new AuditBreak(1501, AuditBreakKind.EndsEarly),
            (await Catalogue.Audit.VerifyAsync(new AuditHead(1600, new string('a', 64)), Cancel)).Break);
    }
}
