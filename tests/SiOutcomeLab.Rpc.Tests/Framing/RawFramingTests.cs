using Google.Protobuf;
using Grpc.Core;
using SiOutcomeLab.Rpc.Tests.Interop;
using SiOutcomeLab.Rpc.Tests.Protocol;
using SiOutcomeLab.Rpc.Tests.Server;

namespace SiOutcomeLab.Rpc.Tests.Framing;

/// <summary>What hand-written servers get wrong, with bytes that no client library would send.</summary>
public sealed class RawFramingTests : IAsyncLifetime
{
    private const string Unary = "/grpc.testing.TestService/UnaryCall";
    private const string Input = "/grpc.testing.TestService/StreamingInputCall";
    private const string Duplex = "/grpc.testing.TestService/FullDuplexCall";
    private static readonly byte[] Hello = new SimpleRequest { ResponseSize = 3 }.ToByteArray();

    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Unary_Plain_AnswersInHeadersMessageAndTrailers()
    {
        var answer = await RawCall.UnaryAsync(_server, Frames.Of(Hello));
        Assert.Equal(200, answer.HttpStatus);
        Assert.Equal(["application/grpc"], answer.Headers["content-type"]);
        Assert.Equal(["0"], answer.Trailers["grpc-status"]);
        Assert.False(answer.TrailersOnly);
        Assert.False(answer.Headers.ContainsKey("grpc-encoding"));
        Assert.Equal(3, SimpleResponse.Parser.ParseFrom(answer.Body.AsSpan(5)).Payload.Body.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(6)]
    public async Task Streaming_PrefixSplitOverFrames_IsPutTogether(int chunk)
    {
        var messages = Enumerable.Range(1, 20).Select(i => Frames.Of(InputOf(i))).ToArray();
        var answer = await RawCall.SendAsync(_server, Input, new ChunkedContent(Frames.Join(messages), chunk), []);
        Assert.Equal("0", answer.Status);
        Assert.Equal(210, StreamingInputCallResponse.Parser.ParseFrom(answer.Body.AsSpan(5)).AggregatedPayloadSize);
    }

    [Fact]
    public async Task Streaming_ManyMessagesInOneFrame_AreTakenApart()
    {
        var messages = Enumerable.Repeat(Frames.Of(InputOf(1)), 500).ToArray();
        var answer = await RawCall.SendAsync(_server, Input, Frames.Join(messages));
        Assert.Equal(500, StreamingInputCallResponse.Parser.ParseFrom(answer.Body.AsSpan(5)).AggregatedPayloadSize);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Unary_NotExactlyOneMessage_IsUnimplemented(int count)
    {
        var answer = await RawCall.UnaryAsync(_server, Frames.Join([.. Enumerable.Repeat(Frames.Of(Hello), count)]));
        Assert.Equal("12", answer.Status);
        Assert.True(answer.TrailersOnly);
        Assert.Equal(200, answer.HttpStatus);
    }

    [Theory]
    [InlineData(Unary, 3)]
    [InlineData(Unary, 6)]
    [InlineData(Input, 3)]
    [InlineData(Duplex, 6)]
    public async Task AnyShape_BodyEndsInsideAMessage_IsInternal(string path, int length)
    {
        var answer = await RawCall.SendAsync(_server, path, Frames.Of([10, 2, 8, 1, 0, 0])[..length]);
        Assert.Equal("13", answer.Status);
        Assert.Contains("ended inside", answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(128)]
    public async Task Unary_UnknownFlag_IsInternal(byte flag) => Assert.Equal("13", (await RawCall.UnaryAsync(_server, Frames.Of(Hello, flag))).Status);

    [Theory]
    [InlineData(null)]
    [InlineData("identity")]
    public async Task Unary_CompressedFlagWithoutCompression_IsInternal(string? encoding)
    {
        var headers = encoding is null ? Array.Empty<(string, string)>() : [("grpc-encoding", encoding)];
        Assert.Equal("13", (await RawCall.UnaryAsync(_server, Frames.Of(Frames.Gzip(Hello), 1), headers)).Status);
    }

    [Fact]
    public async Task Unary_UnknownEncoding_IsUnimplementedAndNamesTheKnown()
    {
        var answer = await RawCall.UnaryAsync(_server, Frames.Of(Hello, 1), ("grpc-encoding", "snappy"));
        Assert.Equal("12", answer.Status);
        Assert.Equal(["identity,gzip"], answer.Headers["grpc-accept-encoding"]);
    }

    [Fact]
    public async Task Unary_BytesThatDoNotParse_IsInternalWithoutSayingWhat()
    {
        var answer = await RawCall.UnaryAsync(_server, Frames.Of([0xff, 0xff, 0xff]));
        Assert.Equal("13", answer.Status);
        Assert.Equal("A message does not parse.", answer.Message);
    }

    [Theory]
    [InlineData("application/json", 415)]
    [InlineData("application/grpc+json", 415)]
    [InlineData("application/grpc-web", 415)]
    [InlineData("text/plain", 415)]
    [InlineData("application/grpc+proto", 200)]
    [InlineData("application/grpc;charset=utf-8", 200)]
    public async Task Unary_ContentType_DecidesHttpStatus(string contentType, int status)
    {
        var answer = await RawCall.UnaryAsync(_server, Frames.Of(Hello), ("content-type", contentType));
        Assert.Equal(status, answer.HttpStatus);
        Assert.Equal(status == 200 ? "0" : null, answer.Status);
    }

    [Fact]
    public async Task Get_OnAMethod_IsNotAllowed() =>
        Assert.Equal(405, (await RawCall.SendAsync(_server, Unary, (HttpContent?)null, [], HttpMethod.Get)).HttpStatus);

    [Theory]
    [InlineData("/grpc.testing.TestService/Nothing", "Method is unimplemented.")]
    [InlineData("/grpc.testing.TestService/unarycall", "Method is unimplemented.")]
    [InlineData("/GRPC.testing.TestService/UnaryCall", "Method is unimplemented.")]
    [InlineData("/no.Service/UnaryCall", "Service is unimplemented.")]
    public async Task UnknownPath_IsUnimplemented(string path, string message)
    {
        var answer = await RawCall.SendAsync(_server, path, Frames.Of(Hello));
        Assert.Equal((200, "12", message), (answer.HttpStatus, answer.Status, answer.Message));
    }

    [Fact]
    public async Task UnknownPath_OtherContentType_IsNotFound() =>
        Assert.Equal(404, (await RawCall.SendAsync(_server, "/no.Service/UnaryCall", [], ("content-type", "application/json"))).HttpStatus);

    [Fact]
    public async Task Metadata_BinaryInAllForms_ArrivesInOrder()
    {
        var answer = await RawCall.SendAsync(
            _server,
            Duplex,
            [],
            ("x-grpc-test-echo-trailing-bin", "AQ=="),
            ("x-grpc-test-echo-trailing-bin", "Ag,AwM"),
            ("x-grpc-test-echo-trailing-bin", "q6ur"));
        Assert.Equal("0", answer.Status);
        Assert.Equal(["AQ", "Ag", "AwM", "q6ur"], answer.Trailers["x-grpc-test-echo-trailing-bin"]);
    }

    [Fact]
    public async Task Metadata_NotBase64_IsInternal() =>
        Assert.Equal("13", (await RawCall.UnaryAsync(_server, Frames.Of(Hello), ("x-grpc-test-echo-trailing-bin", "!"))).Status);

    [Fact]
    public async Task Metadata_BytesBeyondAscii_DoNotBreakTheCall() =>
        Assert.Equal("0", (await RawCall.UnaryAsync(_server, Frames.Of(Hello), ("x-odd", "\u00e5\u00ff"))).Status);

    [Theory]
    [InlineData("1S", "0")]
    [InlineData("99999999H", "0")]
    [InlineData("0n", "4")]
    [InlineData("123456789S", "13")]
    [InlineData("1x", "13")]
    [InlineData("-1S", "13")]
    [InlineData("S", "13")]
    public async Task Timeout_Value_DecidesStatus(string timeout, string status) =>
        Assert.Equal(status, (await RawCall.UnaryAsync(_server, Frames.Of(Hello), ("grpc-timeout", timeout))).Status);

    [Fact]
    public async Task Timeout_Twice_IsInternal() =>
        Assert.Equal("13", (await RawCall.UnaryAsync(_server, Frames.Of(Hello), ("grpc-timeout", "1S"), ("grpc-timeout", "2S"))).Status);

    private static byte[] InputOf(int size) => new StreamingInputCallRequest { Payload = new Payload { Body = ByteString.CopyFrom(new byte[size]) } }.ToByteArray();
}
