using Google.Protobuf;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Hub.Features.Effects;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Storage.Catalogue;
using DataStanding = SiOutcomeLab.Storage.Catalogue.DataStanding;
using EffectFilter = SiOutcomeLab.Storage.Catalogue.EffectFilter;

namespace SiOutcomeLab.Hub.Tests;

public sealed class EffectAnswersTests
{
    private static readonly HubOptions Alone = new() { DataFolder = "x" };
    private static readonly HubOptions Shared = Alone with { Catalogue = new CatalogueOptions { Kind = CatalogueKind.Postgres } };

    [Fact]
    public async Task Get_Again_GivesTheKeptAnswerUntilThisHubCommits()
    {
        var store = new Store();
        var answers = new EffectAnswers(store, Alone, new Clock());
        var made = 0;

        Assert.Equal("1", await AskAsync(answers, "a", () => ++made));
        Assert.Equal("1", await AskAsync(answers, "a", () => ++made));
        Assert.Equal("2", await AskAsync(answers, "b", () => ++made));
        Assert.Equal("3", await AskAsync(answers, "a", () => ++made, Audience.Public));
        Assert.Equal("1", await AskAsync(answers, "a", () => ++made));
        Assert.Equal(1, store.Asked);
        store.Version++;

        Assert.Equal("4", await AskAsync(answers, "a", () => ++made));
    }

    [Fact]
    public async Task Get_OnASharedCatalogue_SeesAnotherHubsCommitInTime()
    {
        var (store, clock) = (new Store(), new Clock());
        var answers = new EffectAnswers(store, Shared, clock);
        var made = 0;
        Assert.Equal("1", await AskAsync(answers, "a", () => ++made));
        store.Stamp = "later";
        clock.Now += EffectAnswers.Freshness / 2;
        Assert.Equal("1", await AskAsync(answers, "a", () => ++made));
        clock.Now += EffectAnswers.Freshness / 2;
        Assert.Equal("2", await AskAsync(answers, "a", () => ++made));

        // Nothing new: what is kept outlives the look.
        clock.Now += 10 * EffectAnswers.Freshness;
        Assert.Equal("2", await AskAsync(answers, "a", () => ++made));
        Assert.Equal(3, store.Asked);
    }

    [Fact]
    public async Task Get_MoreThanThereIsRoomFor_StaysBounded()
    {
        var answers = new EffectAnswers(new Store(), Alone, new Clock());
        for (var i = 0; i < 25_000; i++) await AskAsync(answers, $"{i}", () => i);
        Assert.InRange(answers.Count, 1, 20_000);

        var large = new string('x', 5 << 20);
        for (var i = 0; i < 40; i++) await AskAsync(answers, $"large {i}", () => i, text: large);
        Assert.InRange(answers.Count, 1, 13);
    }

    [Fact]
    public async Task Get_ThatFails_IsNotKept()
    {
        var answers = new EffectAnswers(new Store(), Alone, new Clock());

        await Assert.ThrowsAsync<InvalidOperationException>(() => AskAsync(answers, "a", () => throw new InvalidOperationException("no")));

        Assert.Equal(0, answers.Count);
    }

    private static async Task<string> AskAsync(EffectAnswers answers, string name, Func<int> make, Audience audience = Audience.Analyst, string text = "")
    {
        IMessage request = new GetEffectRequest { Name = name };
        var answer = await answers.GetAsync(
            audience, request, () => Task.FromResult(new GetEffectResponse { Effect = new Effect { Name = $"{make()}", Label = text } }), Cancel.Token);
        return answer.Effect.Name;
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; } = TimeSpan.FromHours(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }

    private sealed class Store : IReleaseStore
    {
        public long Version { get; set; }

        public string Stamp { get; set; } = "first";

        public int Asked { get; private set; }

        public Task<string> StampAsync(CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult(Stamp);
        }

        public Task<Released<ReleasedEffect>?> FindAsync(string name, Audience audience, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<Released<ReleasedEffect>>> ListAsync(
            EffectFilter filter, Audience audience, string? afterName, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<EffectChange>> ChangesAsync(
            EffectFilter filter, Audience audience, EffectChangeCursor? after, int limit, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyDictionary<string, DataStanding>> StandingAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
