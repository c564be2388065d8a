using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace SiOutcomeLab.Hub.Identity;

/// <summary>The public keys of the issuer of signed tokens.</summary>
internal interface ISigningKeys
{
    /// <summary>The key of that name for that algorithm, or null.</summary>
    ValueTask<SecurityKey?> FindAsync(string keyId, string algorithm, CancellationToken cancellationToken);
}

/// <summary>A set of keys as it was published: only what can check a signature with the algorithms that the hub takes.</summary>
internal sealed class KeySet
{
    private readonly Dictionary<(string KeyId, string Algorithm), SecurityKey> _keys = [];

    /// <exception cref="ArgumentException">The text is no JWKS.</exception>
    public KeySet(string json)
    {
        // Symmetric keys are left out, whatever they say of themselves: with them, whoever reads the set could sign.
        foreach (var key in new JsonWebKeySet(json).Keys.Where(k => k.Use is null or "" or "sig" && k.Kid is { Length: > 0 }))
        {
            foreach (var algorithm in SignedTokens.Algorithms.Where(a => Fits(key, a))) _keys.TryAdd((key.Kid, algorithm), key);
        }
    }

    public SecurityKey? Find(string keyId, string algorithm) => _keys.GetValueOrDefault((keyId, algorithm));

    private static bool Fits(JsonWebKey key, string algorithm) => (string.IsNullOrEmpty(key.Alg) || key.Alg == algorithm) && algorithm switch
    {
        SecurityAlgorithms.EcdsaSha256 => key is { Kty: JsonWebAlgorithmsKeyTypes.EllipticCurve, Crv: JsonWebKeyECTypes.P256 },
        _ => key.Kty == JsonWebAlgorithmsKeyTypes.RSA && key.KeySize >= 2048,
    };
}

/// <summary>Keys in a file.</summary>
internal sealed class FileSigningKeys(string path, TimeProvider time, ILogger log) : ISigningKeys
{
    private readonly WatchedFiles<KeySet> _file = new([path], () => new KeySet(File.ReadAllText(path)), time, log);

    public ValueTask<SecurityKey?> FindAsync(string keyId, string algorithm, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_file.Current.Find(keyId, algorithm));
}

/// <summary>
/// Keys that the issuer publishes. They are fetched when first needed, again with age, and when a token names a key that is not among them
/// (the issuer may have changed its key), but not more often than every ten seconds, however many such tokens come.
/// </summary>
internal sealed class FetchedSigningKeys(JwtOptions options, HttpMessageHandler handler, TimeProvider time, ILogger log) : ISigningKeys, IDisposable
{
    private const int LargestSet = 256 << 10;
    private static readonly TimeSpan LeastInterval = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new(handler, disposeHandler: true) { Timeout = TimeSpan.FromSeconds(5), MaxResponseContentBufferSize = LargestSet };
    private readonly SemaphoreSlim _fetching = new(1, 1);
    private KeySet? _keys;
    private long _fetchedAt;
    private long _triedAt;

    public static FetchedSigningKeys Of(JwtOptions options, TimeProvider time, ILogger log) =>
        new(options, new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = true }, time, log);

    public async ValueTask<SecurityKey?> FindAsync(string keyId, string algorithm, CancellationToken cancellationToken)
    {
        if (_keys?.Find(keyId, algorithm) is { } known && time.GetElapsedTime(_fetchedAt) < options.KeysMaximumAge) return known;
        await _fetching.WaitAsync(cancellationToken);
        try
        {
            if (_triedAt == 0 || time.GetElapsedTime(_triedAt) >= LeastInterval) await FetchAsync();
            return _keys?.Find(keyId, algorithm);
        }
        finally
        {
            _fetching.Release();
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _fetching.Dispose();
    }

    // For everybody who waits: a caller who goes away must not end it. The client's own limit of time does.
    private async Task FetchAsync()
    {
        _triedAt = time.GetTimestamp();
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, options.KeysUrl);
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            using var response = await _http.SendAsync(request, CancellationToken.None);
            response.EnsureSuccessStatusCode();
            _keys = new KeySet(await response.Content.ReadAsStringAsync(CancellationToken.None));
            _fetchedAt = time.GetTimestamp();
        }
        catch (Exception e) when (e is HttpRequestException or ArgumentException or OperationCanceledException)
        {
            IdentityLog.KeysNotFetched(log, e, options.KeysUrl!);
        }
    }
}
