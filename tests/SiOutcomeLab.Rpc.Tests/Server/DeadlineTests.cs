using System.Diagnostics;
using Google.Protobuf;
using Grpc.Core;
using SiOutcomeLab.Rpc.Tests.Interop;
using SiOutcomeLab.Rpc.Tests.Protocol;

namespace SiOutcomeLab.Rpc.Tests.Server;

public sealed class DeadlineTests
{
    private static readonly byte[] Request = Frames.Of(new SimpleRequest().ToByteArray());

    [Fact]
    public async Task Deadline_HandlerIgnoresItsToken_IsAnsweredAtOnce()
    {
        var (server, script) = await Script.StartAsync();
        await using var stop = server;
        var release = new TaskCompletionSource();
        var token = default(CancellationToken);
        script.Unary = async (_, context) =>
        {
            token = context.CancellationToken;
            await release.Task;
            return new SimpleResponse();
        };

        // A raw request: no client library that ends the call by itself.
        var answer = await RawCall.UnaryAsync(server, Request, ("grpc-timeout", "200m")).Soon();
        Assert.Equal(("4", true), (answer.Status, answer.TrailersOnly));
        Assert.True(token.IsCancellationRequested);
        release.SetResult();
        Assert.DoesNotContain(server.Log.Lines, l => l.Event == "HandlerThrew");
    }

    [Fact]
    public async Task Deadline_HandlerObservesItsToken_IsDeadlineExceededNotCancelled()
    {
        var (server, script) = await Script.StartAsync();
        await using var stop = server;
        script.Unary = async (_, context) =>
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
            return new SimpleResponse();
        };
        Assert.Equal("4", (await RawCall.UnaryAsync(server, Request, ("grpc-timeout", "100m")).Soon()).Status);
    }

    [Fact]
    public async Task Deadline_BetweenMessages_KeepsThoseSent()
    {
        var (server, script) = await Script.StartAsync();
        await using var stop = server;
        script.Output = async (_, responses, context) =>
        {
            await responses.WriteAsync(new StreamingOutputCallResponse(), CancellationToken.None);
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        };
        var answer = await RawCall.SendAsync(server, "/grpc.testing.TestService/StreamingOutputCall", Request, ("grpc-timeout", "3S")).Soon();
        Assert.Equal((5, "4", false), (answer.Body.Length, answer.Status, answer.TrailersOnly));
    }

    [Fact]
    public async Task Deadline_WriteAfterwards_Throws()
    {
        var (server, script) = await Script.StartAsync();
        await using var stop = server;
        var after = new TaskCompletionSource<Exception?>();
        script.Output = async (_, responses, context) =>
        {
            await Task.Delay(600, CancellationToken.None);
            after.SetResult(await Record.ExceptionAsync(() => responses.WriteAsync(new StreamingOutputCallResponse(), CancellationToken.None)));
        };
        Assert.Equal("4", (await RawCall.SendAsync(server, "/grpc.testing.TestService/StreamingOutputCall", Request, ("grpc-timeout", "50m")).Soon()).Status);
        Assert.NotNull(await after.Task.Soon());
    }

    [Fact]
    public async Task Deadline_Set_IsSeenByTheHandler()
    {
        var (server, script) = await Script.StartAsync();
        await using var stop = server;
        var seen = new List<DateTime>();
        script.Unary = (_, context) =>
        {
            seen.Add(context.Deadline);
            return Task.FromResult(new SimpleResponse());
        };
        var client = server.Client();
        var deadline = Deadline.In(TimeSpan.FromMinutes(10));
        await client.UnaryCallAsync(new SimpleRequest(), deadline: deadline).ResponseAsync.Soon();
        await client.UnaryCallAsync(new SimpleRequest()).ResponseAsync.Soon();
        Assert.InRange(seen[0], deadline.AddSeconds(-1), deadline.AddSeconds(5));
        Assert.Equal(DateTime.MaxValue, seen[1]);
    }

    [Fact]
    public async Task Deadline_Passed_CallIsNotEvenSent()
    {
        var (server, script) = await Script.StartAsync();
        await using var stop = server;
        Assert.Equal(
            StatusCode.DeadlineExceeded,
            await InteropCases.CodeOf(() => server.Client().UnaryCallAsync(new SimpleRequest(), deadline: Deadline.In(TimeSpan.FromSeconds(-1))).ResponseAsync.Soon()));
        Assert.Equal(0, script.ServicesMade);
    }

    [Fact]
    public async Task Deadline_Propagated_BindsTheCallMadeOnBehalf()
    {
        var (server, script) = await Script.StartAsync();
        await using var stop = server;
        var inner = server.Client();
        script.Unary = async (request, context) =>
        {
            if (request.ResponseSize == 0) await Task.Delay(Timeout.Infinite, context.CancellationToken);
            return await inner.UnaryCallAsync(new SimpleRequest(), new CallOptions(propagationToken: context.CreatePropagationToken()));
        };
        var watch = Stopwatch.StartNew();
        Assert.Equal(
            StatusCode.DeadlineExceeded,
            await InteropCases.CodeOf(() =>
                server.Client().UnaryCallAsync(new SimpleRequest { ResponseSize = 1 }, deadline: Deadline.In(TimeSpan.FromMilliseconds(300))).ResponseAsync.Soon()));
        Assert.InRange(watch.ElapsedMilliseconds, 200, 60_000);
    }
}
