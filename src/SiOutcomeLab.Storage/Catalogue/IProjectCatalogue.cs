using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Storage.Catalogue;

/// <summary>Projects: the submitters' key that each is held to, and the hub's own person key, wrapped.</summary>
public interface IProjectCatalogue
{
    /// <summary>The project, or null when nothing has been sent for it.</summary>
    Task<ProjectRecord?> FindAsync(ProjectId project, CancellationToken cancellationToken);

    /// <summary>Every project, by code.</summary>
    Task<IReadOnlyList<ProjectRecord>> ListAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The project's wrapped person key. Where there is none, <paramref name="candidate"/> becomes it; of two at once, one wins and both
    /// are told the same.
    /// </summary>
    Task<ReadOnlyMemory<byte>> PersonKeyAsync(ProjectId project, ReadOnlyMemory<byte> candidate, CancellationToken cancellationToken);

    /// <summary>Puts the same person key, wrapped anew, in the place of the old wrapping; false when that is not there any more.</summary>
    Task<bool> RewrapAsync(ProjectId project, ReadOnlyMemory<byte> standing, ReadOnlyMemory<byte> renewed, CancellationToken cancellationToken);
}

/// <summary>What the hub keeps of a project.</summary>
/// <param name="Project">Its code.</param>
/// <param name="PseudonymKeyId">The submitters' key that its live submissions name, 16 hexadecimal digits; null when none names one.</param>
/// <param name="WrappedPersonKey">The hub's key for the project's persons, wrapped; empty before it is needed.</param>
public sealed record ProjectRecord(ProjectId Project, string? PseudonymKeyId, ReadOnlyMemory<byte> WrappedPersonKey);
