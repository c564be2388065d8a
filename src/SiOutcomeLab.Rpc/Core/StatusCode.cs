namespace Grpc.Core;

/// <summary>Result of a call. The numbers travel as <c>grpc-status</c> and are fixed by the gRPC protocol.</summary>
public enum StatusCode
{
    /// <summary>Success.</summary>
    OK = 0,

    /// <summary>The caller gave the call up.</summary>
    Cancelled = 1,

    /// <summary>An error that nothing more is known of; also an exception that a handler let out.</summary>
    Unknown = 2,

    /// <summary>The request is wrong whatever state the system is in (compare <see cref="FailedPrecondition"/>, <see cref="OutOfRange"/>).</summary>
    InvalidArgument = 3,

    /// <summary>The deadline passed. The work may still have been done.</summary>
    DeadlineExceeded = 4,

    /// <summary>The thing asked for does not exist, or this caller may not know that it does.</summary>
    NotFound = 5,

    /// <summary>The thing to create is there already.</summary>
    AlreadyExists = 6,

    /// <summary>The caller is known, and not allowed (unknown caller: <see cref="Unauthenticated"/>).</summary>
    PermissionDenied = 7,

    /// <summary>A quota, a size limit or a disk is used up.</summary>
    ResourceExhausted = 8,

    /// <summary>The system is not in the state that the call needs; repeating does not help before that changes.</summary>
    FailedPrecondition = 9,

    /// <summary>A conflict with somebody else's work; repeat the whole sequence.</summary>
    Aborted = 10,

    /// <summary>Past the valid range, such as an offset beyond the end.</summary>
    OutOfRange = 11,

    /// <summary>The server has no such method; also a wrong number of messages in a call that takes exactly one.</summary>
    Unimplemented = 12,

    /// <summary>An invariant is broken: a malformed frame, a message that does not parse.</summary>
    Internal = 13,

    /// <summary>The server cannot be reached now; repeat with growing pauses.</summary>
    Unavailable = 14,

    /// <summary>Data is lost or corrupt beyond repair.</summary>
    DataLoss = 15,

    /// <summary>The caller is not known.</summary>
    Unauthenticated = 16,
}
