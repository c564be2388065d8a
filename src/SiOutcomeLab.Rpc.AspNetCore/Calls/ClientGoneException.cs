using System.Diagnostics.CodeAnalysis;

namespace SiOutcomeLab.Rpc.AspNetCore;

/// <summary>
/// Reading failed because the client reset the call or its connection broke. A cancellation to handlers, like the token that fires
/// for the same reason, at the same time or a little later.
/// </summary>
[SuppressMessage("Design", "CA1032", Justification = "Made in one place, always with its cause.")]
internal sealed class ClientGoneException(Exception cause) : OperationCanceledException("The client went away.", cause);
