using System.Diagnostics.CodeAnalysis;

namespace Grpc.Core;

/// <summary>Options of one call.</summary>
/// <param name="headers">Metadata to send before the first message.</param>
/// <param name="deadline">When to give up, in UTC; null for never.</param>
/// <param name="cancellationToken">Cancels the call.</param>
/// <param name="writeOptions">How messages are written.</param>
/// <param name="propagationToken">Deadline and cancellation of the call on whose behalf this one is made.</param>
/// <param name="credentials">Credentials of this call, added to those of the channel.</param>
[SuppressMessage("Design", "CA1068", Justification = "Parameter order of Grpc.Core.Api.")]
public readonly struct CallOptions(
    Metadata? headers = null,
    DateTime? deadline = null,
    CancellationToken cancellationToken = default,
    WriteOptions? writeOptions = null,
    ContextPropagationToken? propagationToken = null,
    CallCredentials? credentials = null)
{
    /// <summary>Metadata to send before the first message; null for none.</summary>
    public Metadata? Headers { get; private init; } = headers;

    /// <summary>When to give up, in UTC; null for never.</summary>
    public DateTime? Deadline { get; private init; } = deadline;

    /// <summary>Cancels the call.</summary>
    public CancellationToken CancellationToken { get; private init; } = cancellationToken;

    /// <summary>How messages are written; null for the defaults.</summary>
    public WriteOptions? WriteOptions { get; private init; } = writeOptions;

    /// <summary>The call on whose behalf this one is made; null for none.</summary>
    public ContextPropagationToken? PropagationToken { get; } = propagationToken;

    /// <summary>Credentials of this call; null for the channel's only.</summary>
    public CallCredentials? Credentials { get; private init; } = credentials;

    /// <summary>Whether the call waits for a connection; our channel always does, within the deadline.</summary>
    public bool IsWaitForReady { get; private init; }

    /// <summary>The same with other headers.</summary>
    /// <param name="headers">Metadata.</param>
    public CallOptions WithHeaders(Metadata headers) => this with { Headers = headers };

    /// <summary>The same with another deadline.</summary>
    /// <param name="deadline">When to give up, in UTC.</param>
    public CallOptions WithDeadline(DateTime deadline) => this with { Deadline = deadline };

    /// <summary>The same with another token.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    public CallOptions WithCancellationToken(CancellationToken cancellationToken) => this with { CancellationToken = cancellationToken };

    /// <summary>The same with other write options.</summary>
    /// <param name="writeOptions">How messages are written.</param>
    public CallOptions WithWriteOptions(WriteOptions writeOptions) => this with { WriteOptions = writeOptions };

    /// <summary>The same with other credentials.</summary>
    /// <param name="credentials">Credentials of this call.</param>
    public CallOptions WithCredentials(CallCredentials credentials) => this with { Credentials = credentials };

    /// <summary>The same, waiting for a connection or not.</summary>
    /// <param name="waitForReady">Whether to wait.</param>
    public CallOptions WithWaitForReady(bool waitForReady = true) => this with { IsWaitForReady = waitForReady };
}
