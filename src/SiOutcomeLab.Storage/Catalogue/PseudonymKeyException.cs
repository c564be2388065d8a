using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Storage.Catalogue;

/// <summary>
/// A submission's pseudonyms were made with another key than the project's live ones, or tell no key: its persons would link with nobody.
/// </summary>
/// <param name="project">The project.</param>
/// <param name="pinned">The key that the project's live submissions name.</param>
public sealed class PseudonymKeyException(ProjectId project, string pinned)
    : Exception($"The pseudonyms of project {project} are made with key {pinned}; a submission made with another, or that names none, is refused.")
{
    /// <summary>The project.</summary>
    public ProjectId Project { get; } = project;

    /// <summary>The key that the project's live submissions name, 16 hexadecimal digits.</summary>
    public string Pinned { get; } = pinned;
}
