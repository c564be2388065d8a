using System.Diagnostics.CodeAnalysis;

namespace Grpc.Core;

/// <summary>Messages that arrive one by one.</summary>
/// <typeparam name="T">Message type.</typeparam>
public interface IAsyncStreamReader<out T>
{
    /// <summary>The message that the last successful <see cref="MoveNext"/> read.</summary>
    T Current { get; }

    /// <summary>Reads the next message; false at the end. One read at a time.</summary>
    /// <param name="cancellationToken">Cancels the read, and with it the call.</param>
    /// <exception cref="RpcException">The call ended with another status than OK.</exception>
    Task<bool> MoveNext(CancellationToken cancellationToken);
}

/// <summary>Messages that leave one by one.</summary>
/// <typeparam name="T">Message type.</typeparam>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>Options of the messages that follow; null for the defaults.</summary>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>Writes a message; returns when the transport took it. One write at a time.</summary>
    /// <param name="message">The message.</param>
    Task WriteAsync(T message);

    /// <summary>Writes a message; returns when the transport took it. One write at a time.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Cancels the write, and with it the call.</param>
    Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            throw new NotSupportedException("This writer cannot be cancelled: cancel the call.");
        }

        return WriteAsync(message);
    }
}

/// <summary>Requests of a streaming call, on the client.</summary>
/// <typeparam name="T">Message type.</typeparam>
public interface IClientStreamWriter<in T> : IAsyncStreamWriter<T>
{
    /// <summary>Says that no more requests come.</summary>
    Task CompleteAsync();
}

/// <summary>Responses of a streaming call, on the server.</summary>
/// <typeparam name="T">Message type.</typeparam>
[SuppressMessage("Design", "CA1040", Justification = "An empty interface in Grpc.Core.Api.")]
public interface IServerStreamWriter<in T> : IAsyncStreamWriter<T>;
