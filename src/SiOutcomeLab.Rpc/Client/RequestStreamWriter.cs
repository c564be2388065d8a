using Grpc.Core;
using SiOutcomeLab.Rpc.Protocol;

namespace Grpc.Net.Client;

/// <summary>Requests of a streaming call.</summary>
internal sealed class RequestStreamWriter<TRequest, TResponse>(GrpcCall<TRequest, TResponse> call, int? maxMessageSize)
    : IClientStreamWriter<TRequest>
    where TRequest : class
    where TResponse : class
{
    /// <summary>How long a broken write waits for the server's status, which says more than "the stream was reset".</summary>
    private static readonly TimeSpan StatusPatience = TimeSpan.FromSeconds(1);

    private readonly FrameWriter _frames = new(maxMessageSize);
    private bool _completed;
    private int _writing;

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(TRequest message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(TRequest message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_completed) throw new InvalidOperationException("The requests are complete: nothing can be written after CompleteAsync.");
        if (Interlocked.Exchange(ref _writing, 1) == 1) throw new InvalidOperationException("A write is under way: await it before the next.");
        try
        {
            await call.WriteAsync(message, _frames, WriteOptions, cancellationToken);
        }
        catch (RpcException)
        {
            throw;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException or ObjectDisposedException)
        {
            // The usual reason is that the server has answered already; its answer is being read in the background.
            var first = await Task.WhenAny(call.Ended, Task.Delay(StatusPatience, CancellationToken.None));
            throw call.Failure(first == call.Ended
                ? await call.Ended
                : new Status(StatusCode.Cancelled, "The server stopped taking requests; the status is at the end of the responses.", e));
        }
        finally
        {
            Volatile.Write(ref _writing, 0);
        }
    }

    public Task CompleteAsync()
    {
        if (Volatile.Read(ref _writing) == 1) throw new InvalidOperationException("A write is under way: await it before completing.");
        _completed = true;
        call.CompleteRequests();
        return Task.CompletedTask;
    }
}
