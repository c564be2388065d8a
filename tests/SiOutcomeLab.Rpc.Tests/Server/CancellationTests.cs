using Grpc.Core;
using SiOutcomeLab.Rpc.Tests.Interop;

namespace SiOutcomeLab.Rpc.Tests.Server;

public sealed class CancellationTests
{
    [Fact]
    public async Task Unary_CallerCancels_HandlersTokenFires()
    {
        var (server, script) = await Script.StartAsync();
        await using var stop = server;
        var (entered, cancelled) = (new TaskCompletionSource(), new TaskCompletionSource());
        script.Unary = async (_, context) =>
        {
            context.CancellationToken.Register(cancelled.SetResult);
            entered.SetResult();
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
            return new SimpleResponse();
        };
        using var cancel = new CancellationTokenSource();
        var call = server.Client().UnaryCallAsync(new SimpleRequest(), cancellationToken: cancel.Token);
        await entered.Task.Soon();
        await cancel.CancelAsync();
        Assert.Equal(StatusCode.Cancelled, await InteropCases.CodeOf(() => call.ResponseAsync.Soon()));
        await cancelled.Task.Soon();
    }

    [Fact]
    public async Task Streaming_CallDisposed_HandlersTokenFires()
    {
        var (server, script) = await Script.StartAsync();
        await using var stop = server;
        var (entered, ended) = (new TaskCompletionSource(), new TaskCompletionSource<Exception?>());
        script.Output = async (_, responses, context) =>
        {
            entered.SetResult();
            ended.SetResult(await Record.ExceptionAsync(async () =>
            {
                while (true)
                {
                    await responses.WriteAsync(new StreamingOutputCallResponse(), context.CancellationToken);
                    await Task.Delay(10, context.CancellationToken);
                }
            }));
        };
        var call = server.Client().StreamingOutputCall(new StreamingOutputCallRequest());
        Assert.True(await call.ResponseStream.MoveNext().Soon());
        call.Dispose();
        await entered.Task.Soon();
        Assert.IsAssignableFrom<OperationCanceledException>(await ended.Task.Soon());
        Assert.Equal(StatusCode.Cancelled, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Channel_Disposed_EndsItsCalls()
    {
        var (server, script) = await Script.StartAsync();
        await using var stop = server;
        var ended = new TaskCompletionSource();
        script.Duplex = async (requests, _, context) =>
        {
            context.CancellationToken.Register(ended.SetResult);
            await requests.MoveNext(context.CancellationToken);
        };
        var channel = server.Channel();
        using var call = new TestService.TestServiceClient(channel).FullDuplexCall();
        await call.RequestStream.WriteAsync(new StreamingOutputCallRequest()).Soon();
        channel.Dispose();
        Assert.Equal(StatusCode.Cancelled, await InteropCases.CodeOf(() => call.ResponseStream.MoveNext().Soon()));
        Assert.Equal(StatusCode.Cancelled, await InteropCases.CodeOf(() => new TestService.TestServiceClient(channel).EmptyCallAsync(new Empty()).ResponseAsync.Soon()));
    }

    [Fact]
    public async Task MoveNext_ItsTokenFires_CancelsTheCall()
    {
        var (server, script) = await Script.StartAsync();
        await using var stop = server;
        script.Duplex = (requests, _, context) => requests.MoveNext(context.CancellationToken);
        using var call = server.Client().FullDuplexCall();
        using var cancel = new CancellationTokenSource(100);
        Assert.Equal(StatusCode.Cancelled, await InteropCases.CodeOf(() => call.ResponseStream.MoveNext(cancel.Token).Soon()));
    }

    [Fact]
    public async Task Handler_ThrowsCancelledByItself_IsUnknownNotCancelled()
    {
        var (server, script) = await Script.StartAsync();
        await using var stop = server;
        script.Unary = (_, _) => throw new OperationCanceledException();
        Assert.Equal(StatusCode.Unknown, await InteropCases.CodeOf(() => server.Client().UnaryCallAsync(new SimpleRequest()).ResponseAsync.Soon()));
    }
}
