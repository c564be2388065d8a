using Grpc.Core;
using Grpc.Net.Compression;
using Microsoft.AspNetCore.Http;
using SiOutcomeLab.Rpc.Protocol;

namespace SiOutcomeLab.Rpc.AspNetCore;

/// <content>Reading and writing messages.</content>
internal sealed partial class HttpServerCallContext
{
    /// <summary>Held while a message is written, so that the deadline ends the response between messages.</summary>
    private readonly SemaphoreSlim _writeGate = new(1, 1);
    private ICompressionProvider? _responseCompression;
    private bool _headersPrepared;
    private bool _anythingWritten;
    private volatile bool _ended;

    /// <summary>The next request, or null after the last.</summary>
    public async ValueTask<T?> ReadAsync<T>(Marshaller<T> marshaller, CancellationToken cancellationToken)
        where T : class
    {
        CheckOpen();
        try
        {
            if (!cancellationToken.CanBeCanceled || cancellationToken == CancellationToken)
            {
                return await _frameReader!.ReadAsync(marshaller.ContextualDeserializer, CancellationToken);
            }

            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, CancellationToken);
            return await _frameReader!.ReadAsync(marshaller.ContextualDeserializer, either.Token);
        }
        catch (IOException e) when (OfTheLine(e))
        {
            throw new ClientGoneException(e);
        }
    }

    /// <summary>The one request of a method that takes one.</summary>
    /// <exception cref="RpcException">UNIMPLEMENTED: none or several came (gRPC's statuscodes.md, "cardinality violation").</exception>
    public async ValueTask<T> ReadSingleAsync<T>(Marshaller<T> marshaller)
        where T : class
    {
        try
        {
            var request = await _frameReader!.ReadAsync(marshaller.ContextualDeserializer, CancellationToken)
                ?? throw ProtocolErrors.NoRequest.AsException();
            return await _frameReader.IsAtEndAsync(CancellationToken) ? request : throw ProtocolErrors.ManyRequests.AsException();
        }
        catch (IOException e) when (OfTheLine(e))
        {
            throw new ClientGoneException(e);
        }
    }

    /// <summary>Writes the one response of a method that gives one, unless the handler set an error status.</summary>
    public Task WriteSingleAsync<T>(T? response, Marshaller<T> marshaller)
        where T : class
    {
        if (StatusCore.StatusCode != StatusCode.OK) return Task.CompletedTask;
        if (response is null) throw new InvalidOperationException("The handler returned no response.");
        return WriteAsync(response, marshaller, flush: false, CancellationToken.None);
    }

    /// <summary>Writes a response.</summary>
    /// <exception cref="InvalidOperationException">The call has ended, or another write is under way.</exception>
    public async Task WriteAsync<T>(T message, Marshaller<T> marshaller, bool flush, CancellationToken cancellationToken)
    {
        CancellationToken.ThrowIfCancellationRequested();
        cancellationToken.ThrowIfCancellationRequested();
        if (!_writeGate.Wait(0, CancellationToken.None)) throw new InvalidOperationException("A write is under way: await it before the next.");
        try
        {
            CheckOpen();
            PrepareHeaders(Metadata.Empty);
            var flags = WriteOptionsCore?.Flags ?? WriteFlags.None;
            _anythingWritten = true;
            _frameWriter.Write(
                HttpContext.Response.BodyWriter,
                message,
                marshaller.ContextualSerializer,
                flags.HasFlag(WriteFlags.NoCompress) ? null : _responseCompression,
                _host.Settings.ResponseLevel);
            if (flush && !flags.HasFlag(WriteFlags.BufferHint))
            {
                using var abort = AbortWith(cancellationToken);
                var result = await HttpContext.Response.BodyWriter.FlushAsync(CancellationToken);
                // Completed: the client reads no more. Whoever still writes would do so for ever.
                if (result.IsCompleted) CancellationToken.ThrowIfCancellationRequested();
            }
        }
        catch (IOException e) when (OfTheLine(e))
        {
            throw new ClientGoneException(e);
        }
        finally
        {
            _writeGate.Release();
        }
    }

    protected override async Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        ArgumentNullException.ThrowIfNull(responseHeaders);
        if (_headersPrepared) throw new InvalidOperationException("Response headers were sent already.");
        if (!_writeGate.Wait(0, CancellationToken.None)) throw new InvalidOperationException("A write is under way: await it before the next.");
        try
        {
            CheckOpen();
            PrepareHeaders(responseHeaders);
            _anythingWritten = true;
            await HttpContext.Response.BodyWriter.FlushAsync(CancellationToken);
        }
        finally
        {
            _writeGate.Release();
        }
    }

    /// <summary>Sets the headers once: encoding of the responses, and metadata.</summary>
    private void PrepareHeaders(Metadata metadata)
    {
        if (_headersPrepared) return;
        foreach (var entry in metadata)
        {
            MetadataCodec.CheckSendable(entry);
        }

        _headersPrepared = true;
        var encoding = metadata.GetValue(GrpcHeaders.EncodingRequest) ?? _host.Settings.ResponseEncoding;
        if (encoding is not null && ClientAccepts(encoding) && _host.Settings.Compression.TryGet(encoding, out _responseCompression)
            && _responseCompression is not null)
        {
            HttpContext.Response.Headers[GrpcHeaders.Encoding] = encoding;
        }

        StatusWriter.WriteMetadata(HttpContext.Response.Headers, metadata);
    }

    private bool ClientAccepts(string encoding)
    {
        foreach (var header in HttpContext.Request.Headers[GrpcHeaders.AcceptEncoding])
        {
            if (header?.Split(',', StringSplitOptions.TrimEntries).Contains(encoding, StringComparer.Ordinal) == true) return true;
        }

        return false;
    }

    private CancellationTokenRegistration AbortWith(CancellationToken cancellationToken) => cancellationToken.CanBeCanceled
        ? cancellationToken.UnsafeRegister(static http => ((HttpContext)http!).Abort(), HttpContext)
        : default;

    private void CheckOpen()
    {
        if (_ended) throw new InvalidOperationException("The call has ended: nothing more can be read or written.");
    }

    // Told apart here, where only the line can fail: an IOException of a handler is its own, of a disk for instance.
    private static bool OfTheLine(IOException e) => e is not BadHttpRequestException;
}
