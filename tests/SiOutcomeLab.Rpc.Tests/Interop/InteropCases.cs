using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using SiOutcomeLab.Rpc.Tests.Server;

namespace SiOutcomeLab.Rpc.Tests.Interop;

/// <summary>The interop cases by name.</summary>
internal static class InteropCases
{
    private const string SpecialMessage = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n";
    private static readonly CallOptions Gzip = new(headers: new Metadata { { "grpc-internal-encoding-request", "gzip" } });
    private static readonly BoolValue Yes = new() { Value = true };
    private static readonly BoolValue No = new() { Value = false };

    /// <summary>Each runs over a channel; the server is given when it is ours, to see that it noticed.</summary>
    public static IReadOnlyDictionary<string, Func<GrpcChannel, TestServer?, Task>> All { get; } =
        Cases().ToDictionary(c => c.Key, c => (Func<GrpcChannel, TestServer?, Task>)((channel, server) => c.Value(new(channel), server)));

    private static Dictionary<string, Func<TestService.TestServiceClient, TestServer?, Task>> Cases() =>
        new()
        {
            ["empty_unary"] = async (c, _) => Assert.Equal(new Empty(), await c.EmptyCallAsync(new Empty())),
            ["large_unary"] = async (c, _) =>
            {
                var response = await c.UnaryCallAsync(new SimpleRequest { ResponseSize = 314159, Payload = Zeros(271828) });
                Assert.Equal(Zeros(314159), response.Payload);
            },
            ["client_compressed_unary"] = ClientCompressedUnary,
            ["server_compressed_unary"] = ServerCompressedUnary,
            ["client_streaming"] = async (c, _) =>
            {
                using var call = c.StreamingInputCall();
                foreach (var size in new[] { 27182, 8, 1828, 45904 })
                {
                    await call.RequestStream.WriteAsync(new StreamingInputCallRequest { Payload = Zeros(size) });
                }

                await call.RequestStream.CompleteAsync();
                Assert.Equal(74922, (await call).AggregatedPayloadSize);
            },
            ["client_compressed_streaming"] = ClientCompressedStreaming,
            ["server_streaming"] = async (c, _) =>
            {
                int[] sizes = [31415, 9, 2653, 58979];
                var request = new StreamingOutputCallRequest { ResponseParameters = { sizes.Select(s => new ResponseParameters { Size = s }) } };
                using var call = c.StreamingOutputCall(request);
                Assert.Equal(sizes, await call.ResponseStream.ReadAllAsync().Select(r => r.Payload.Body.Length).ToListAsync());
            },
            ["server_compressed_streaming"] = async (c, _) =>
            {
                var request = new StreamingOutputCallRequest
                {
                    ResponseParameters =
                    {
                        new ResponseParameters { Size = 31415, Compressed = Yes }, new ResponseParameters { Size = 92653, Compressed = No },
                    },
                };
                using var call = c.StreamingOutputCall(request);
                Assert.Equal([31415, 92653], await call.ResponseStream.ReadAllAsync().Select(r => r.Payload.Body.Length).ToListAsync());
            },
            ["ping_pong"] = PingPong,
            ["empty_stream"] = async (c, _) =>
            {
                using var call = c.FullDuplexCall();
                await call.RequestStream.CompleteAsync();
                Assert.False(await call.ResponseStream.MoveNext());
                Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
            },
            ["custom_metadata"] = CustomMetadata,
            ["status_code_and_message"] = (c, _) => EchoedStatus(c, "test status message"),
            ["special_status_message"] = (c, _) => EchoedStatus(c, SpecialMessage),
            ["unimplemented_method"] = async (c, _) =>
                Assert.Equal(StatusCode.Unimplemented, await CodeOf(() => c.UnimplementedCallAsync(new Empty()).ResponseAsync)),
            ["unimplemented_service"] = async (c, _) =>
            {
                var other = new UnimplementedService.UnimplementedServiceClient(c.Invoker);
                Assert.Equal(StatusCode.Unimplemented, await CodeOf(() => other.UnimplementedCallAsync(new Empty()).ResponseAsync));
            },
            ["cancel_after_begin"] = async (c, s) =>
            {
                using var cancel = new CancellationTokenSource();
                using var call = c.StreamingInputCall(cancellationToken: cancel.Token);
                await Task.Delay(50, CancellationToken.None);
                await cancel.CancelAsync();
                Assert.Equal(StatusCode.Cancelled, await CodeOf(() => call.ResponseAsync));
                Assert.Equal(StatusCode.Cancelled, call.GetStatus().StatusCode);
                if (s is not null) Assert.True(s.Witness.Cancelled.TryTake(out _, Patience.Limit));
            },
            ["cancel_after_first_response"] = async (c, s) =>
            {
                using var cancel = new CancellationTokenSource();
                using var call = c.FullDuplexCall(cancellationToken: cancel.Token);
                await call.RequestStream.WriteAsync(Ask(31415, 27182));
                Assert.True(await call.ResponseStream.MoveNext());
                Assert.Equal(31415, call.ResponseStream.Current.Payload.Body.Length);
                await cancel.CancelAsync();
                Assert.Equal(StatusCode.Cancelled, await CodeOf(() => call.ResponseStream.MoveNext()));
                if (s is not null) Assert.True(s.Witness.Cancelled.TryTake(out _, Patience.Limit));
            },
            ["timeout_on_sleeping_server"] = async (c, _) =>
            {
                using var call = c.FullDuplexCall(deadline: Deadline.In(TimeSpan.FromMilliseconds(1)));
                var codes = new List<StatusCode>();
                try
                {
                    await call.RequestStream.WriteAsync(new StreamingOutputCallRequest { Payload = Zeros(27182) });
                }
                catch (RpcException e)
                {
                    codes.Add(e.StatusCode);
                }

                codes.Add(await CodeOf(() => call.ResponseStream.MoveNext()));
                Assert.All(codes, code => Assert.Equal(StatusCode.DeadlineExceeded, code));
            },
        };

    public static async Task<StatusCode> CodeOf(Func<Task> call) => (await Assert.ThrowsAsync<RpcException>(call)).StatusCode;

    private static async Task ClientCompressedUnary(TestService.TestServiceClient c, TestServer? s)
    {
        var request = new SimpleRequest { ExpectCompressed = Yes, ResponseSize = 314159, Payload = Zeros(271828) };
        Assert.Equal(StatusCode.InvalidArgument, await CodeOf(() => c.UnaryCallAsync(request).ResponseAsync));
        Assert.Equal(314159, (await c.UnaryCallAsync(request, Gzip)).Payload.Body.Length);
        request.ExpectCompressed = No;
        Assert.Equal(314159, (await c.UnaryCallAsync(request)).Payload.Body.Length);
    }

    private static async Task ServerCompressedUnary(TestService.TestServiceClient c, TestServer? s)
    {
        foreach (var compressed in new[] { Yes, No })
        {
            var response = await c.UnaryCallAsync(new SimpleRequest { ResponseCompressed = compressed, ResponseSize = 314159, Payload = Zeros(271828) });
            Assert.Equal(314159, response.Payload.Body.Length);
        }
    }

    private static async Task ClientCompressedStreaming(TestService.TestServiceClient c, TestServer? s)
    {
        using (var probe = c.StreamingInputCall())
        {
            await probe.RequestStream.WriteAsync(new StreamingInputCallRequest { ExpectCompressed = Yes, Payload = Zeros(27182) });
            await probe.RequestStream.CompleteAsync();
            Assert.Equal(StatusCode.InvalidArgument, await CodeOf(() => probe.ResponseAsync));
        }

        using var call = c.StreamingInputCall(Gzip);
        await call.RequestStream.WriteAsync(new StreamingInputCallRequest { ExpectCompressed = Yes, Payload = Zeros(27182) });
        call.RequestStream.WriteOptions = new WriteOptions(WriteFlags.NoCompress);
        await call.RequestStream.WriteAsync(new StreamingInputCallRequest { ExpectCompressed = No, Payload = Zeros(45904) });
        await call.RequestStream.CompleteAsync();
        Assert.Equal(73086, (await call).AggregatedPayloadSize);
    }

    private static async Task PingPong(TestService.TestServiceClient c, TestServer? s)
    {
        using var call = c.FullDuplexCall();
        foreach (var (ask, send) in new[] { (31415, 27182), (9, 8), (2653, 1828), (58979, 45904) })
        {
            await call.RequestStream.WriteAsync(Ask(ask, send));
            Assert.True(await call.ResponseStream.MoveNext());
            Assert.Equal(ask, call.ResponseStream.Current.Payload.Body.Length);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    private static async Task CustomMetadata(TestService.TestServiceClient c, TestServer? s)
    {
        var headers = new Metadata { { "x-grpc-test-echo-initial", "test_initial_metadata_value" }, { "x-grpc-test-echo-trailing-bin", [0xab, 0xab, 0xab] } };
        using var unary = c.UnaryCallAsync(new SimpleRequest { ResponseSize = 314159, Payload = Zeros(271828) }, headers);
        await unary;
        Check(await unary.ResponseHeadersAsync, unary.GetTrailers());

        using var duplex = c.FullDuplexCall(headers);
        await duplex.RequestStream.WriteAsync(Ask(314159, 271828));
        await duplex.RequestStream.CompleteAsync();
        Assert.True(await duplex.ResponseStream.MoveNext());
        Assert.False(await duplex.ResponseStream.MoveNext());
        Check(await duplex.ResponseHeadersAsync, duplex.GetTrailers());

        static void Check(Metadata initial, Metadata trailing)
        {
            Assert.Equal("test_initial_metadata_value", initial.GetValue("x-grpc-test-echo-initial"));
            Assert.Equal([0xab, 0xab, 0xab], trailing.GetValueBytes("x-grpc-test-echo-trailing-bin")!);
        }
    }

    private static async Task EchoedStatus(TestService.TestServiceClient c, string message)
    {
        var status = new EchoStatus { Code = 2, Message = message };
        var unary = await Assert.ThrowsAsync<RpcException>(() => c.UnaryCallAsync(new SimpleRequest { ResponseStatus = status }).ResponseAsync);
        Assert.Equal((StatusCode.Unknown, message), (unary.StatusCode, unary.Status.Detail));

        using var call = c.FullDuplexCall();
        await call.RequestStream.WriteAsync(new StreamingOutputCallRequest { ResponseStatus = status });
        await call.RequestStream.CompleteAsync();
        var duplex = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());
        Assert.Equal((StatusCode.Unknown, message), (duplex.StatusCode, duplex.Status.Detail));
    }

    private static StreamingOutputCallRequest Ask(int responseSize, int payloadSize) =>
        new() { ResponseParameters = { new ResponseParameters { Size = responseSize } }, Payload = Zeros(payloadSize) };

    private static Payload Zeros(int size) => new() { Body = UnsafeByteOperations.UnsafeWrap(new byte[size]) };
}
