using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Storage.Catalogue;

/// <summary>Which submissions exist. A row here is what makes lake objects exist.</summary>
public interface ISubmissionCatalogue
{
    /// <summary>
    /// Makes a submission durable, in one transaction. Its sequence number is assigned here, so <see cref="Submission.Sequence"/> of the
    /// draft is ignored.
    /// The same content of the same organisation and project is one submission: sent again, the first one is returned.
    /// </summary>
    /// <exception cref="PeriodOverlapException">Another submission of the same organisation and project already covers one of the
    /// periods, compared by calendar months.</exception>
    /// <exception cref="CatalogueUnavailableException">The catalogue is busy or its disk fails; send again.</exception>
    Task<CommittedSubmission> CommitAsync(Submission draft, CancellationToken cancellationToken);

    /// <summary>The submission with this content, or null.</summary>
    Task<Submission?> FindByContentAsync(
        OrganisationId organisation, ProjectId project, string contentHash, CancellationToken cancellationToken);

    /// <summary>The owner's submission with this identifier; null when there is none, and when it is somebody else's.</summary>
    Task<Submission?> FindAsync(OrganisationId owner, string id, CancellationToken cancellationToken);

    /// <summary>
    /// The owner's submissions in commit order, starting after <paramref name="afterSequence"/>, at most <paramref name="limit"/>.
    /// </summary>
    Task<IReadOnlyList<Submission>> ListAsync(OrganisationId owner, long afterSequence, int limit, CancellationToken cancellationToken);

    /// <summary>Every submission of a project in commit order.</summary>
    Task<IReadOnlyList<Submission>> InProjectAsync(ProjectId project, CancellationToken cancellationToken);

    /// <summary>The content hashes of every lake object that a submission names.</summary>
    Task<IReadOnlySet<string>> NamedObjectsAsync(CancellationToken cancellationToken);
}

/// <summary>What a commit answered.</summary>
/// <param name="Submission">The submission as it stands in the catalogue.</param>
/// <param name="WasThere">True when the same content had been committed before.</param>
public sealed record CommittedSubmission(Submission Submission, bool WasThere);
