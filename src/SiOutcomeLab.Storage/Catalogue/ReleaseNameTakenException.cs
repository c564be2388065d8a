namespace SiOutcomeLab.Storage.Catalogue;

/// <summary>A release's name is already another release's. A name, once given, means one release for ever.</summary>
/// <param name="name">The name.</param>
public sealed class ReleaseNameTakenException(string name)
    : Exception(
        $"Another release already has the name {name}; nothing of this run has been stored. Name releases by plan, version, look and run.")
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;
}
