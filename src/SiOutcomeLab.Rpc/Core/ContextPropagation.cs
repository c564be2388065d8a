namespace Grpc.Core;

/// <summary>What a call that is made on behalf of another takes over from it.</summary>
/// <param name="propagateDeadline">Whether the parent's deadline binds the child.</param>
/// <param name="propagateCancellation">Whether cancelling the parent cancels the child.</param>
public class ContextPropagationOptions(bool propagateDeadline = true, bool propagateCancellation = true)
{
    /// <summary>Deadline and cancellation both.</summary>
    public static readonly ContextPropagationOptions Default = new();

    /// <summary>Whether the parent's deadline binds the child.</summary>
    public bool IsPropagateDeadline { get; } = propagateDeadline;

    /// <summary>Whether cancelling the parent cancels the child.</summary>
    public bool IsPropagateCancellation { get; } = propagateCancellation;
}

/// <summary>Deadline and cancellation of a call, for calls made on its behalf.</summary>
public sealed class ContextPropagationToken
{
    internal ContextPropagationToken(ContextPropagationOptions options, DateTime deadline, CancellationToken cancellationToken)
    {
        ParentDeadline = options.IsPropagateDeadline && deadline != DateTime.MaxValue ? deadline : null;
        ParentCancellationToken = options.IsPropagateCancellation ? cancellationToken : default;
    }

    internal DateTime? ParentDeadline { get; }

    internal CancellationToken ParentCancellationToken { get; }
}
