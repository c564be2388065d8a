using SiOutcomeLab.Domain;

namespace SiOutcomeLab.Hub.Configuration;

/// <summary>An option that the hub cannot have.</summary>
/// <param name="Key">The key as it stands in the configuration file, e.g. <c>tls.certificate</c>.</param>
/// <param name="Problem">What is wrong with it, as the rest of a sentence that begins with the key. Never a value that may be secret.</param>
public sealed record OptionBreach(string Key, BilingualText Problem)
{
    /// <summary>The same breach, told from outside the section it was found in.</summary>
    public OptionBreach Under(string section) => this with { Key = $"{section}.{Key}" };
}
