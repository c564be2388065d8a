using System.Net;
using System.Text.Json;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Hub.Features.Effects;
using SiOutcomeLab.Hub.Identity;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Catalogue.Sqlite;
using DataStanding = SiOutcomeLab.Storage.Catalogue.DataStanding;
using EffectFilter = SiOutcomeLab.Storage.Catalogue.EffectFilter;
using EffectStatus = SiOutcomeLab.Disclosure.Effects.EffectStatus;
using EvaluationPlan = SiOutcomeLab.Domain.Plans.EvaluationPlan;
using Lineage = SiOutcomeLab.Domain.Effects.Lineage;
using Standing = SiOutcomeLab.Domain.Effects.Standing;

namespace SiOutcomeLab.Hub.Tests;

/// <summary>An export that somebody reads slowly, or reads no more: over a real connection, from a real catalogue of twelve megabytes.</summary>
public sealed class EffectExportTests : IAsyncLifetime
{
    private const int Effects = 1500;
    private const int PageSize = 100;

    private static readonly EvaluationPlan Plan = TestHub.NswPlans()[0];
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 9, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("silab-export-").FullName;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SqliteCatalogue _catalogue = null!;
    private CountedReleases _releases = null!;
    private WebApplication _app = null!;
    private GrpcChannel _channel = null!;

    private string CatalogueFile => Path.Combine(_folder, "catalogue.db");

    [Fact(Timeout = 240_000)]
    public async Task Export_ReaderThatWaits_HoldsAPageAndNoTransaction_AndThenGetsWhatHasChangedMeanwhile()
    {
        using var call = new EffectService.EffectServiceClient(_channel).ExportEffects(new ExportEffectsRequest(), deadline: Deadline.In(TestHub.Timeout));
        var read = new List<Effect>();
        for (var i = 0; i < 10 && await call.ResponseStream.MoveNext(Cancel.Token); i++) read.Add(call.ResponseStream.Current.Effect);
        var asked = await StandstillAsync();

        // What is under way on the connection, and the page that waits: nothing near the fifteen there are.
        Assert.InRange(asked, 1, 5);
        Assert.Equal(0, await BusyReadersAsync());
        await PublishAsync("22222222bbbb", 1, "later");
        await foreach (var response in call.ResponseStream.ReadAllAsync(Cancel.Token)) read.Add(response.Effect);

        // As they were while they were read, and once more as they are since: each that stands no more, and the one that does.
        var last = read.GroupBy(e => e.Name).ToDictionary(g => g.Key, g => g.Last());
        Assert.Equal(Effects + 1, last.Count);
        Assert.All(last.Values, e => Assert.Equal(e.Name != "effects/later-0000", e.Tombstone is not null));
        Assert.Equal("effects/later-0000", Assert.Single(last.Values, e => e.Tombstone is null).Name);
        Assert.InRange(read.Count, Effects + 1 + 10, Effects + 1 + (asked * PageSize));
    }

    [Fact(Timeout = 240_000)]
    public async Task Export_ReaderThatGoesAway_EndsAtOnceAndAsksForNoMore()
    {
        using (var call = new EffectService.EffectServiceClient(_channel).ExportEffects(new ExportEffectsRequest(), deadline: Deadline.In(TestHub.Timeout)))
        {
            Assert.True(await call.ResponseStream.MoveNext(Cancel.Token));
            await StandstillAsync();
            Assert.False(_ended.Task.IsCompleted);
        }

        var asked = _releases.Asked;
        await _ended.Task.WaitAsync(TestHub.Timeout, Cancel.Token);
        Assert.Equal(asked, _releases.Asked);
    }

    // More effects than a page, changed in the same moment: the place in a page is a time and a name.
    [Fact(Timeout = 240_000)]
    public async Task Export_ManyOfOneMoment_GivesEachOnceInOrder_AndFromThenOnNothing()
    {
        var client = new EffectService.EffectServiceClient(_channel);
        var all = await AllAsync(new ExportEffectsRequest());

        Assert.Equal(Enumerable.Range(0, Effects).Select(i => $"effects/first-{i:0000}"), all.Select(e => e.Name));
        Assert.Single(all.Select(e => e.ChangeTime).Distinct());
        Assert.Empty(await AllAsync(new ExportEffectsRequest { FromTime = all[0].ChangeTime }));

        async Task<List<Effect>> AllAsync(ExportEffectsRequest request)
        {
            var found = new List<Effect>();
            using var call = client.ExportEffects(request, deadline: Deadline.In(TestHub.Timeout));
            await foreach (var response in call.ResponseStream.ReadAllAsync(Cancel.Token)) found.Add(response.Effect);
            return found;
        }
    }

    public async ValueTask InitializeAsync()
    {
        _catalogue = await SqliteCatalogue.OpenAsync(CatalogueFile, TimeProvider.System, Cancel.Token);
        await _catalogue.Plans.TryRegisterPlanAsync(new(Plan, PlanHash.Of(Plan), PlanTiming.Retrospective, "anna", Now), Cancel.Token);
        await PublishAsync("11111111aaaa", Effects, "first");
        _releases = new CountedReleases(_catalogue.Releases);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton<IReleaseStore>(_releases).AddSingleton(TimeProvider.System).AddSingleton(new HubOptions { DataFolder = _folder })
            .AddSingleton<EffectAnswers>();
        builder.Services.AddGrpc();
        _app = builder.Build();
        var admission = new Admission(
            new Caller(Plan.Organisation, "test", new HashSet<Role> { Role.Analyst }), CallRules.All.Single(r => r.Method.EndsWith("/ExportEffects", StringComparison.Ordinal)));
        _app.Use(async (context, next) =>
        {
            context.Features.Set(admission);
            try
            {
                await next(context);
            }
            finally
            {
                _ended.TrySetResult();
            }
        });
        _app.MapGrpcService<EffectServiceImpl>();
        await _app.StartAsync(Cancel.Token);
        _channel = GrpcChannel.ForAddress(new Uri(_app.Urls.Single()));
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.DisposeAsync();
        await _catalogue.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task PublishAsync(string runId, int count, string name)
    {
        var run = await _catalogue.Runs.EnqueueAsync(
            Plan, Snapshot.Of(new ProjectId($"p-{name}"), []), 1, runId, Now, Cancel.Token);
        var claimed = await _catalogue.Runs.ClaimAsync(run.Id, Cancel.Token);
        Assert.True(await _catalogue.Runs.CompleteAsync(
            run.Id, claimed!.Epoch, new byte[] { 1 }, [.. Enumerable.Range(0, count).Select(i => Release($"effects/{name}-{i:0000}", run.Id))], Now, Cancel.Token));
    }

    private static Released<ReleasedEffect> Release(string name, string runId)
    {
        var effect = new
        {
            Name = name,
            Plan,
            PlanHash = PlanHash.Of(Plan),
            PlanTiming = PlanTiming.Retrospective,
            Method = "supported-work",
            RunId = runId,
            Role = Domain.Effects.EstimateRole.Headline,
            Plan.Estimator,
            Outcome = Plan.Primary,
            Status = EffectStatus.NotEstimable,
            Standing = Standing.Indicative,
            Policy = DataPolicy.Standard,
            NotEstimable = new Domain.Effects.NotEstimable(NotEstimableReason.TooFewParticipants, string.Empty),
            Flow = Array.Empty<ReleasedFlowStep>(),
            Sentence = new BilingualText("Det går inte att säga.", new string('x', 8192)),
            Lineage = new Lineage(PlanHash.Of(Plan), new string('a', 64), "0.1.0", Plan.Seed, 1, Now),
        };
        return ReleaseCodec.Decode(JsonSerializer.SerializeToUtf8Bytes(
            new { RuleVersion = "standard-1", Audience = Audience.Analyst, Effect = effect }, DomainJson.Options));
    }

    // Until the export has asked for nothing more for a while.
    private async Task<int> StandstillAsync()
    {
        for (var (before, same) = (-1, 0); same < 15;)
        {
            await Task.Delay(100, Cancel.Token);
            var now = _releases.Asked;
            (before, same) = (now, now == before ? same + 1 : 0);
        }

        return _releases.Asked;
    }

    // The write-ahead log can only be taken up whole and cut while nobody reads in a transaction.
    private async Task<long> BusyReadersAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={CatalogueFile};Pooling=False");
        await connection.OpenAsync(Cancel.Token);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        return (long)(await command.ExecuteScalarAsync(Cancel.Token))!;
    }

    private sealed class CountedReleases(IReleaseStore inner) : IReleaseStore
    {
        private int _asked;

        public int Asked => Volatile.Read(ref _asked);

        public long Version => inner.Version;

        public Task<IReadOnlyList<EffectChange>> ChangesAsync(
            EffectFilter filter, Audience audience, EffectChangeCursor? after, int limit, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _asked);
            return inner.ChangesAsync(filter, audience, after, limit, cancellationToken);
        }

        public Task<IReadOnlyDictionary<string, DataStanding>> StandingAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
            inner.StandingAsync(names, cancellationToken);

        public Task<Released<ReleasedEffect>?> FindAsync(string name, Audience audience, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<Released<ReleasedEffect>>> ListAsync(
            EffectFilter filter, Audience audience, string? afterName, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<string> StampAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
