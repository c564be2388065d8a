using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Net.Compression;
using SiOutcomeLab.Rpc.Protocol;

namespace Grpc.Net.Client;

/// <summary>One call with its messages: starts the HTTP request and reads responses in the order they come.</summary>
internal sealed class GrpcCall<TRequest, TResponse> : GrpcCall
    where TRequest : class
    where TResponse : class
{
    private static readonly StreamPipeReaderOptions PipeOptions = new(bufferSize: 16 << 10, minimumReadSize: 4 << 10, leaveOpen: true);

    private readonly Method<TRequest, TResponse> _method;
    private readonly RequestHead _head;
    private readonly ICompressionProvider? _compression;
    private StreamingContent? _content;
    private SingleMessageContent? _single;
    private Task<HttpResponseMessage>? _response;
    private FrameReader? _frames;
    private bool _takesOne;
    private bool _received;

    public GrpcCall(GrpcChannel channel, Method<TRequest, TResponse> method, string? host, CallOptions options) : base(channel, options)
    {
        _method = method;
        _head = new RequestHead(channel, method, host, options);
        _compression = _head.Compression;
    }

    public bool IsOver => HasEnded;

    public Task<Status> Ended => Outcome;

    /// <summary>The whole of a unary call.</summary>
    public async Task<TResponse> SendSingleAsync(TRequest request)
    {
        Start(request);
        // A failure is read just below. Waited for here, the four methods that read have nothing left to wait for in most calls.
        await ((Task)_response!).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var response = await ReadSingleAsync();
        _single?.ReleaseBuffer();
        return response;
    }

    public IAsyncStreamReader<TResponse> StartSingle(TRequest request)
    {
        Start(request);
        Observed(_response!);
        return new ResponseStreamReader<TRequest, TResponse>(this);
    }

    public (IClientStreamWriter<TRequest> Writer, Task<TResponse> Response) StartClientStreaming()
    {
        var writer = StartStreaming();
        return (writer, Observed(ReadSingleAsync()));
    }

    public (IClientStreamWriter<TRequest> Writer, IAsyncStreamReader<TResponse> Reader) StartDuplex() =>
        (StartStreaming(), new ResponseStreamReader<TRequest, TResponse>(this));

    public override async Task<Metadata> GetResponseHeadersAsync()
    {
        try
        {
            return ResponseHead.ReadHeaders(await _response!);
        }
        catch (Exception e) when (e is not RpcException)
        {
            throw Failure(Explain(e));
        }
    }

    /// <summary>The next response, or null after the last when the status is OK.</summary>
    public async Task<TResponse?> ReadNextAsync()
    {
        try
        {
            _frames ??= await OpenFramesAsync();
            var message = await _frames.ReadAsync(_method.ResponseMarshaller.ContextualDeserializer, Token);
            if (message is not null)
            {
                _received = true;
                return message;
            }
        }
        catch (Exception e)
        {
            throw Fail(e);
        }

        return Finish(await _response!);
    }

    /// <summary>Takes the status at the end of the body: null when it is OK.</summary>
    private TResponse? Finish(HttpResponseMessage response)
    {
        var (status, trailers) = ResponseHead.ReadOutcome(response);
        if (_takesOne && !_received && status.StatusCode == StatusCode.OK) status = ProtocolErrors.NoResponse;
        status = Complete(status, trailers);
        return status.StatusCode == StatusCode.OK ? null : throw Failure(status);
    }

    /// <summary>Writes one request into an open body.</summary>
    public async Task WriteAsync(TRequest message, FrameWriter frames, WriteOptions? options, CancellationToken cancellationToken)
    {
        using var giveUp = CancelWith(cancellationToken);
        using var buffer = new PooledBufferWriter();
        var flags = (options ?? Options.WriteOptions)?.Flags ?? WriteFlags.None;
        frames.Write(buffer, message, _method.RequestMarshaller.ContextualSerializer, flags.HasFlag(WriteFlags.NoCompress) ? null : _compression, null);
        await _content!.WriteAsync(buffer.WrittenMemory, !flags.HasFlag(WriteFlags.BufferHint), Token);
    }

    public void CompleteRequests() => _content!.Complete();

    protected override void OnEnded()
    {
        if (_content is not null)
        {
            // A write that is under way stops; nothing else still uses the token.
            CancelWork();
            _content.EndCall();
        }

        _single?.EndCall();
        if (_response is { IsCompletedSuccessfully: true }) _response.Result.Dispose();
    }

    /// <summary>Ends the call because of an exception and gives the one to throw.</summary>
    private Exception Fail(Exception e)
    {
        var status = Explain(e);
        End(status);
        return Failure(status);
    }

    private static Task<T> Observed<T>(Task<T> task)
    {
        // A caller who only disposes the call never looks at this task; its failure is in the call's status.
        _ = task.ContinueWith(static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return task;
    }

    private void Start(TRequest request)
    {
        Arm();
        var buffer = new PooledBufferWriter();
        var compression = (Options.WriteOptions?.Flags ?? WriteFlags.None).HasFlag(WriteFlags.NoCompress) ? null : _compression;
        try
        {
            new FrameWriter(Channel.Options.MaxSendMessageSize)
                .Write(buffer, request, _method.RequestMarshaller.ContextualSerializer, compression, null);
        }
        catch (Exception e)
        {
            _response = Task.FromException<HttpResponseMessage>(e);
            End(Explain(e));
            return;
        }

        _single = new SingleMessageContent(buffer);
        if (IsOver) _single.EndCall();
        _response = SendAsync(_single);
    }

    private RequestStreamWriter<TRequest, TResponse> StartStreaming()
    {
        Arm();
        _content = new StreamingContent();
        if (IsOver) _content.EndCall();
        _response = Observed(SendAsync(_content));
        return new RequestStreamWriter<TRequest, TResponse>(this, Channel.Options.MaxSendMessageSize);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpContent content)
    {
        try
        {
            Token.ThrowIfCancellationRequested();
            var request = _head.CreateRequest(content, Deadline);
            await _head.AddCredentialsAsync(request, Token);
            var response = await Channel.SendAsync(request, Token);
            if (IsOver) response.Dispose();
            return response;
        }
        catch (Exception e)
        {
            // Also when nobody reads yet: a writer that waits for the body to open must learn of it.
            End(Explain(e));
            throw;
        }
    }

    private async Task<FrameReader> OpenFramesAsync()
    {
        var response = await _response!;
        var compression = ResponseHead.Check(response, Channel.Compression);
        return new FrameReader(
            PipeReader.Create(await response.Content.ReadAsStreamAsync(Token), PipeOptions), Channel.Options.MaxReceiveMessageSize, compression);
    }

    private async Task<TResponse> ReadSingleAsync()
    {
        _takesOne = true;
        var first = await ReadNextAsync();
        return await ReadEndAsync() ? first! : throw Fail(ProtocolErrors.ManyResponses.AsException());
    }

    private async Task<bool> ReadEndAsync()
    {
        try
        {
            if (!await _frames!.IsAtEndAsync(Token)) return false;
        }
        catch (Exception e)
        {
            throw Fail(e);
        }

        Finish(_response!.Result);
        return true;
    }
}
