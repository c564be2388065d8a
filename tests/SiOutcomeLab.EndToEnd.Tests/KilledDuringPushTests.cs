using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using SiOutcomeLab.Cli.Pushing;
using SiOutcomeLab.Storage;
using SiOutcomeLab.Storage.Catalogue.Sqlite;
using SiOutcomeLab.Storage.Keys;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.EndToEnd.Tests;

/// <summary>
/// The real process, killed by SIGKILL at moments drawn from seeds while twenty clients push: what was acknowledged is in the lake, once,
/// row for row. <c>SILAB_KILL_SEEDS=N</c> runs N seeds instead of one.
/// </summary>
public sealed class KilledDuringPushTests(ITestOutputHelper output)
{
    private const int Clients = 20;
    private const int Kills = 6;

    [Fact]
    public async Task Hub_KilledDuringTwentyPushes_LosesAltersDoublesAndHalfShowsNothing()
    {
        var seeds = int.TryParse(Environment.GetEnvironmentVariable("SILAB_KILL_SEEDS"), out var asked) ? asked : 1;
        for (var seed = 1; seed <= seeds; seed++)
        {
            var tally = await RunAsync(seed);
            output.WriteLine(tally.ToString());
            Assert.Equal((Clients, 0, 0, 0, 0), (tally.Acknowledged, tally.Lost, tally.Altered, tally.Doubled, tally.HalfVisible));
            Assert.True(tally.Cut > 0, "No push met a kill; the test proves nothing.");
        }
    }

    private static async Task<Tally> RunAsync(int seed)
    {
        using var folder = new TemporaryFolder();
        var data = Path.Combine(folder.Path, "hub");
        var deliveries = await Task.WhenAll(Enumerable.Range(0, Clients).Select(i => MadeDelivery.WriteAsync(
            Path.Combine(folder.Path, $"delivery-{i}"), $"killed-{i}", 30_000, (seed * 1000) + i)));
        var (port, draw, waited) = (FreePort(), new Random(seed), Stopwatch.StartNew());
        var hub = await HubProcess.StartAsync(data, 3600, port);
        try
        {
            var token = hub.Token;
            var address = $"http://127.0.0.1:{port}";
            var traces = deliveries.Select(_ => new PushTrace()).ToArray();
            var pushes = deliveries.Select((delivery, i) => Task.Run(() => traces[i].PushAsync(address, token, delivery, PushTrace.Quick(seed + i)))).ToArray();
            var ended = new List<int>();
            while (ended.Count < Kills && !pushes.All(p => p.IsCompleted))
            {
                await Task.Delay(draw.Next(100, 3000), Cancel.Token);
                await hub.KillAsync();
                ended.Add(pushes.Count(p => p.IsCompleted));
                hub = await HubProcess.StartAsync(data, 3600, port);
            }

            var outcomes = await Task.WhenAll(pushes).WaitAsync(TimeSpan.FromMinutes(4), Cancel.Token);
            await hub.KillAsync();
            var tally = new Tally(seed, ended, waited.Elapsed) { Cut = traces.Sum(t => t.Failures.Count), Acknowledged = outcomes.Count(o => !o.IsRefused) };
            await CompareAsync(data, deliveries, outcomes, tally);
            return tally;
        }
        finally
        {
            await hub.DisposeAsync();
        }
    }

    /// <summary>Holds what was acknowledged against what the folder holds, without the hub's help.</summary>
    private static async Task CompareAsync(string data, string[] deliveries, PushOutcome[] outcomes, Tally tally)
    {
        using var folder = DataFolder.Open(data);
        await using var catalogue = await SqliteCatalogue.OpenAsync(folder.CataloguePath, TimeProvider.System, Cancel.Token);
        using var lake = new FolderLake(folder.LakePath);
        using var ring = HubKeyRing.Load(data + ".key", data);
        var secrets = new KeptSecrets(catalogue.Uploads, catalogue.Projects, ring);
        var kept = await catalogue.Submissions.KeptAsync(null, Cancel.Token);
        tally.Doubled = kept.Count - kept.Select(s => (s.Organisation, s.Project, s.ContentHash)).Distinct().Count();
        foreach (var (delivery, outcome) in deliveries.Zip(outcomes).Where(p => !p.Second.IsRefused))
        {
            var accepted = outcome.Answer.Accepted;
            var submission = kept.SingleOrDefault(s => $"submissions/{s.Id}" == accepted.Receipt.Submission);
            if (submission is null)
            {
                tally.Lost++;
                continue;
            }

            var receipt = await catalogue.Submissions.ReceiptAsync(submission.Organisation, submission.Id, Cancel.Token);
            var isSame = receipt is { } bytes && bytes.Span.SequenceEqual(accepted.ReceiptBytes.Span);
            var expected = await LakeContent.OfDeliveryAsync(delivery, await secrets.PersonKeyAsync(submission.Project, Cancel.Token));
            if (!isSame || expected != submission.Observations.Sha256 || expected != await LakeContent.OfAsync(lake, submission.Observations)) tally.Altered++;
        }

        // Whatever the catalogue names must be whole, acknowledged or not: somebody could see it.
        foreach (var submission in kept)
        {
            if (await LakeContent.OfAsync(lake, submission.Observations) != submission.Observations.Sha256) tally.HalfVisible++;
        }

        tally.LeftOpen = (await catalogue.Uploads.AllOpenAsync(Cancel.Token)).Count;
        tally.Kept = kept.Count;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed record Tally(int Seed, IReadOnlyList<int> EndedAtKill, TimeSpan Took)
    {
        public int Cut { get; init; }

        public int Acknowledged { get; init; }

        public int Kept { get; set; }

        public int Lost { get; set; }

        public int Altered { get; set; }

        public int Doubled { get; set; }

        public int HalfVisible { get; set; }

        public int LeftOpen { get; set; }

        public override string ToString() =>
            $"seed {Seed}: {EndedAtKill.Count} SIGKILLs during {Clients} pushes ({string.Join(' ', EndedAtKill)} of them ended by then), {Cut} calls cut, {Took.TotalSeconds:0} s; {Acknowledged} acknowledged, {Kept} in the catalogue: "
            + $"{Lost} lost, {Altered} altered, {Doubled} doubled, {HalfVisible} half visible, {LeftOpen} left open";
    }
}
