namespace Grpc.Core;

/// <summary>Outcome of a call: a code and a text for people.</summary>
/// <param name="StatusCode">The code.</param>
/// <param name="Detail">Text for people; travels as <c>grpc-message</c>, so it must not hold row values.</param>
/// <param name="DebugException">What went wrong on this side; never sent. Null on a status that came from the peer.</param>
public readonly record struct Status(StatusCode StatusCode, string Detail, Exception? DebugException)
{
    /// <summary>OK without text.</summary>
    public static readonly Status DefaultSuccess = new(StatusCode.OK, "");

    /// <summary>CANCELLED without text.</summary>
    public static readonly Status DefaultCancelled = new(StatusCode.Cancelled, "");

    /// <summary>Makes a status.</summary>
    /// <param name="statusCode">The code.</param>
    /// <param name="detail">Text for people.</param>
    public Status(StatusCode statusCode, string detail) : this(statusCode, detail, null)
    {
    }

    /// <summary>The code and text as in log lines.</summary>
    public override string ToString() => DebugException is null
        ? $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\")"
        : $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\", DebugException=\"{DebugException.GetType()}: {DebugException.Message}\")";
}
