using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Storage.Catalogue;

/// <summary>
/// A submission's pseudonyms were made with another key than the project's earlier ones: its persons would link with nobody.
/// </summary>
/// <param name="project">The project.</param>
/// <param name="pinned">The key of the project's first submission; null when that one named none.</param>
public sealed class PseudonymKeyException(ProjectId project, string? pinned)
    : Exception($"The pseudonyms of project {project} are made with key {pinned ?? "(none named)"}; a submission made with another is refused.")
{
    /// <summary>The project.</summary>
    public ProjectId Project { get; } = project;

    /// <summary>The key of the project's first submission, 16 hexadecimal digits; null when that one named none.</summary>
    public string? Pinned { get; } = pinned;
}
