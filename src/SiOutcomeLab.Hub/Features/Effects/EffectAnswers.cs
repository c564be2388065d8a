using System.Collections.Concurrent;
using Google.Protobuf;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Hub.Features.Effects;

/// <summary>
/// Answers that have been made, for as long as nothing has changed that readers of releases could see: results are published rarely and
/// read often. What this hub commits is seen at once, what another hub on the same catalogue commits within <see cref="Freshness"/>.
/// </summary>
internal sealed class EffectAnswers(IReleaseStore releases, HubOptions options, TimeProvider time)
{
    /// <summary>How long another hub's commit may be unseen.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(100);

    private const int MostAnswers = 20_000;
    private const long MostBytes = 64L << 20;

    private volatile Shelf? _shelf;

    /// <summary>Answers kept now.</summary>
    public int Count => _shelf?.Answers.Count ?? 0;

    /// <summary>The answer to a request by an audience, as it was made before or is made now. Nobody changes it afterwards.</summary>
    public async ValueTask<T> GetAsync<T>(Audience audience, IMessage request, Func<Task<T>> make, CancellationToken cancellationToken)
        where T : class, IMessage
    {
        var shelf = await CurrentAsync(cancellationToken);
        if (shelf.Answers.TryGetValue((audience, request), out var kept)) return (T)kept;

        // Read after the shelf was found current: never older than it.
        var made = await make();
        shelf.Keep(audience, request, made);
        return made;
    }

    private async ValueTask<Shelf> CurrentAsync(CancellationToken cancellationToken)
    {
        var version = releases.Version;
        var shelf = _shelf;
        if (shelf is not null && shelf.Version == version && (!options.IsShared || time.GetElapsedTime(shelf.LookedAt) < Freshness)) return shelf;
        var lookedAt = time.GetTimestamp();
        var stamp = await releases.StampAsync(cancellationToken);
        var next = shelf is not null && shelf.Stamp == stamp && shelf.Version == version
            ? new Shelf(version, stamp, lookedAt, shelf)
            : new Shelf(version, stamp, lookedAt, null);
        _shelf = next;
        return next;
    }

    private sealed class Shelf(long version, string stamp, long lookedAt, Shelf? before)
    {
        private long _bytes = before is null ? 0 : Interlocked.Read(ref before._bytes);

        public long Version { get; } = version;

        public string Stamp { get; } = stamp;

        public long LookedAt { get; } = lookedAt;

        public ConcurrentDictionary<(Audience Audience, IMessage Request), IMessage> Answers { get; } = before?.Answers ?? new();

        public void Keep(Audience audience, IMessage request, IMessage answer)
        {
            // Begun anew rather than sorted by age: the next change empties it anyhow.
            if (Answers.Count >= MostAnswers || Interlocked.Add(ref _bytes, answer.CalculateSize() + request.CalculateSize()) > MostBytes)
            {
                Answers.Clear();
                Interlocked.Exchange(ref _bytes, 0);
            }

            Answers.TryAdd((audience, request), answer);
        }
    }
}
