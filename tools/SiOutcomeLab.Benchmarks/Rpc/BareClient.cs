using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace SiOutcomeLab.Benchmarks.Rpc;

/// <summary>HTTP requests with bodies framed beforehand: no serialising, no deadline, no state of a call.</summary>
internal sealed class BareClient : IEchoClient
{
    private readonly Uri _unary;
    private readonly Uri _upload;
    private readonly byte[] _frame;
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        InitialHttp2StreamWindowSize = 1 << 20,
    });

    public BareClient(string address, int payloadBytes)
    {
        _unary = new Uri(address + BareWire.UnaryPath);
        _upload = new Uri(address + BareWire.UploadPath);
        _frame = BareWire.Frame(new Chunk { Data = ByteString.CopyFrom(new byte[payloadBytes]) });
    }

    public async Task UnaryAsync(CancellationToken cancellationToken)
    {
        var reply = await SendAsync(_unary, new ByteArrayContent(_frame), cancellationToken);
        if (reply.Length != _frame.Length) throw new InvalidDataException($"{reply.Length} bytes came back.");
    }

    public async Task UploadAsync(int chunkBytes, int chunks, CancellationToken cancellationToken)
    {
        var frame = BareWire.Frame(new Chunk { Data = UnsafeByteOperations.UnsafeWrap(new byte[chunkBytes]) });
        var reply = await SendAsync(_upload, new Chunks(frame, chunks), cancellationToken);
        var expected = BareWire.UploadReply((long)chunks * (frame.Length - 5));
        if (!reply.AsSpan(5).SequenceEqual(expected)) throw new InvalidDataException("Not all bytes arrived.");
    }

    public void Dispose() => _http.Dispose();

    private async Task<byte[]> SendAsync(Uri uri, HttpContent content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, uri)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        using var response = await _http.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var status = response.TrailingHeaders.TryGetValues("grpc-status", out var values) ? values.First() : null;
        return status == "0" ? body : throw new InvalidDataException($"grpc-status {status}, HTTP status {(int)response.StatusCode}.");
    }

    private sealed class Chunks(byte[] frame, int count) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            for (var i = 0; i < count; i++) await stream.WriteAsync(frame, cancellationToken);
            await stream.FlushAsync(cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
