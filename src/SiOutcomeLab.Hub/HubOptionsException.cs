using SiOutcomeLab.Hub.Configuration;

namespace SiOutcomeLab.Hub;

/// <summary>A hub was asked to start with options it cannot have.</summary>
/// <param name="breaches">Every breach, by key.</param>
/// <param name="file">The configuration file they stand in; null when they came otherwise.</param>
public sealed class HubOptionsException(IReadOnlyList<OptionBreach> breaches, string? file = null)
    : Exception("The hub cannot start: " + string.Join(' ', breaches.Select(b => $"{b.Key} {b.Problem.En}")))
{
    /// <summary>Every breach, by key.</summary>
    public IReadOnlyList<OptionBreach> Breaches { get; } = breaches;

    /// <summary>The configuration file; null when the options came otherwise.</summary>
    public string? File { get; } = file;
}
