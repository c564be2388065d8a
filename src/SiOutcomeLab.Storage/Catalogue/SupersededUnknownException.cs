namespace SiOutcomeLab.Storage.Catalogue;

/// <summary>A submission is to replace one that is not a live submission of the same organisation and project.</summary>
/// <param name="id">The identifier that was named.</param>
public sealed class SupersededUnknownException(string id)
    : Exception($"There is no live submission {id} of the same organisation and project to replace; list the submissions and name one of them.")
{
    /// <summary>The identifier that was named.</summary>
    public string Id { get; } = id;
}
