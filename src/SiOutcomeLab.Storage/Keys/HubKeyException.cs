namespace SiOutcomeLab.Storage.Keys;

/// <summary>The hub's key file, or a key in it, cannot be used. Never tells anything of a key but its identifier.</summary>
/// <param name="problem">What is wrong.</param>
/// <param name="message">What is wrong, where, and what to do.</param>
/// <param name="innerException">What the operating system or the reader said; null when it is the hub that refuses.</param>
public class HubKeyException(HubKeyProblem problem, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>What is wrong.</summary>
    public HubKeyProblem Problem { get; } = problem;
}
