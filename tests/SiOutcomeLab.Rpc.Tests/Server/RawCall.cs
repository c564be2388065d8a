using System.Net;
using SiOutcomeLab.Rpc.Tests.Protocol;

namespace SiOutcomeLab.Rpc.Tests.Server;

/// <summary>An HTTP request with a hand-made body, and everything that came back.</summary>
internal sealed class RawCall
{
    private static readonly HttpMessageInvoker Invoker = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, RequestHeaderEncodingSelector = static (_, _) => System.Text.Encoding.Latin1,
    });

    public required int HttpStatus { get; init; }

    public required byte[] Body { get; init; }

    public required Dictionary<string, string[]> Headers { get; init; }

    public required Dictionary<string, string[]> Trailers { get; init; }

    public bool TrailersOnly => Headers.ContainsKey("grpc-status");

    public string? Status => First(Trailers, "grpc-status") ?? First(Headers, "grpc-status");

    public string? Message => First(Trailers, "grpc-message") ?? First(Headers, "grpc-message");

    public static Task<RawCall> UnaryAsync(TestServer server, byte[] body, params (string Name, string Value)[] headers) =>
        SendAsync(server, "/grpc.testing.TestService/UnaryCall", body, headers);

    public static Task<RawCall> SendAsync(TestServer server, string path, byte[] body, params (string Name, string Value)[] headers) =>
        SendAsync(server, path, new ByteArrayContent(body), headers);

    public static async Task<RawCall> SendAsync(
        TestServer server, string path, HttpContent? content, (string Name, string Value)[] headers, HttpMethod? method = null, Version? version = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Post, server.Address + path)
        {
            Version = version ?? HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = content,
        };
        content?.Headers.TryAddWithoutValidation("content-type", headers.FirstOrDefault(h => h.Name == "content-type").Value ?? "application/grpc");
        request.Headers.TryAddWithoutValidation("te", "trailers");
        foreach (var (name, value) in headers.Where(h => h.Name != "content-type"))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var limit = new CancellationTokenSource(Patience.Limit);
        using var response = await Invoker.SendAsync(request, limit.Token);
        var body = await response.Content.ReadAsByteArrayAsync(limit.Token);
        return new RawCall
        {
            HttpStatus = (int)response.StatusCode,
            Body = body,
            Headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated).ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToArray()),
            Trailers = response.TrailingHeaders.NonValidated.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToArray()),
        };
    }

    private static string? First(Dictionary<string, string[]> headers, string name) => headers.TryGetValue(name, out var values) ? values[0] : null;
}

/// <summary>A body sent in chunks of a size, each flushed.</summary>
internal sealed class ChunkedContent(byte[] body, int chunk) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        for (var at = 0; at < body.Length; at += chunk)
        {
            await stream.WriteAsync(body.AsMemory(at, Math.Min(chunk, body.Length - at)));
            await stream.FlushAsync();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
