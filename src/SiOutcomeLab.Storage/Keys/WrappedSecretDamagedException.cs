namespace SiOutcomeLab.Storage.Keys;

/// <summary>A wrapped secret is not what was wrapped: damaged, cut short, or moved to another purpose.</summary>
/// <param name="purpose">The purpose under which it was to be unwrapped.</param>
/// <param name="innerException">What the cipher said; null when the form alone is wrong.</param>
public sealed class WrappedSecretDamagedException(string purpose, Exception? innerException = null)
    : Exception(
        $"The wrapped secret for '{purpose}' is damaged or belongs elsewhere; restore the catalogue from backup.",
        innerException)
{
    /// <summary>The purpose under which it was to be unwrapped.</summary>
    public string Purpose { get; } = purpose;
}
