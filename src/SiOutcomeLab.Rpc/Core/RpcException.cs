using System.Diagnostics.CodeAnalysis;

namespace Grpc.Core;

/// <summary>A call that ended with another status than OK: thrown to callers by the client, thrown by handlers to set the status.</summary>
[SuppressMessage("Design", "CA1032", Justification = "The constructors are those of Grpc.Core.Api; a status is never missing.")]
public class RpcException : Exception
{
    /// <summary>Ends the call with a status.</summary>
    /// <param name="status">The status; its detail is sent to the peer.</param>
    public RpcException(Status status) : this(status, Metadata.Empty, status.ToString())
    {
    }

    /// <summary>Ends the call with a status and an exception text of its own.</summary>
    /// <param name="status">The status; its detail is sent to the peer.</param>
    /// <param name="message">Text of the exception; stays on this side.</param>
    public RpcException(Status status, string message) : this(status, Metadata.Empty, message)
    {
    }

    /// <summary>Ends the call with a status and trailers.</summary>
    /// <param name="status">The status; its detail is sent to the peer.</param>
    /// <param name="trailers">Trailing metadata.</param>
    public RpcException(Status status, Metadata trailers) : this(status, trailers, status.ToString())
    {
    }

    /// <summary>Ends the call with a status, trailers and an exception text of its own.</summary>
    /// <param name="status">The status; its detail is sent to the peer.</param>
    /// <param name="trailers">Trailing metadata.</param>
    /// <param name="message">Text of the exception; stays on this side.</param>
    public RpcException(Status status, Metadata trailers, string message) : base(message, status.DebugException)
    {
        ArgumentNullException.ThrowIfNull(trailers);
        Status = status;
        Trailers = trailers;
    }

    /// <summary>The status of the call.</summary>
    public Status Status { get; }

    /// <summary>Code of <see cref="Status"/>.</summary>
    public StatusCode StatusCode => Status.StatusCode;

    /// <summary>Trailing metadata; empty when none came.</summary>
    public Metadata Trailers { get; }
}
