namespace SiOutcomeLab.Hub;

/// <summary>A hub was asked to start with options it cannot have.</summary>
/// <param name="breaches">Key and text of each breach.</param>
public sealed class HubOptionsException(IReadOnlyList<(string Key, string Problem)> breaches)
    : Exception("The hub cannot start: " + string.Join(' ', breaches.Select(b => $"{b.Key} {b.Problem}")))
{
    /// <summary>Key and text of each breach.</summary>
    public IReadOnlyList<(string Key, string Problem)> Breaches { get; } = breaches;
}
