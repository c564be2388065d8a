using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Storage.Catalogue;

/// <summary>
/// Submissions on their way in. The bytes are in the spool; a row here says whose they are, who may write, and how it ended. An upload
/// ends as accepted in <see cref="ISubmissionCatalogue.CommitAsync(Submission, UploadEnd?, HeldObjects?, CancellationToken)"/>, in one transaction with
/// its submission, and in every other way here.
/// </summary>
public interface IUploadCatalogue
{
    /// <summary>
    /// Opens an upload, or returns the one that is open for the same organisation, project and content.
    /// </summary>
    /// <param name="draft">The upload as it would be opened.</param>
    /// <param name="quota">What its organisation may have open.</param>
    /// <param name="cancellationToken">Stops before the transaction is committed.</param>
    /// <exception cref="UploadQuotaException">The organisation has too much open; nothing is stored.</exception>
    /// <exception cref="CatalogueUnavailableException">The catalogue is busy or its disk fails; try again.</exception>
    Task<OpenedUpload> OpenAsync(Upload draft, UploadQuota quota, CancellationToken cancellationToken);

    /// <summary>The owner's upload, whatever its state; null when there is none, and when it is somebody else's.</summary>
    Task<Upload?> FindAsync(OrganisationId owner, string id, CancellationToken cancellationToken);

    /// <summary>The owner's uploads that the hub still remembers, oldest first.</summary>
    Task<IReadOnlyList<Upload>> ListAsync(OrganisationId owner, CancellationToken cancellationToken);

    /// <summary>Every open upload, oldest first: what a restarted hub must find in its spool.</summary>
    Task<IReadOnlyList<Upload>> AllOpenAsync(CancellationToken cancellationToken);

    /// <summary>Gives the right to write to a new writer, whoever held it before.</summary>
    /// <returns>The new epoch; null when the upload is not open or does not exist.</returns>
    Task<long?> TakeLeaseAsync(string id, CancellationToken cancellationToken);

    /// <summary>Whether the upload is open and this epoch is its latest.</summary>
    Task<bool> HoldsLeaseAsync(string id, long epoch, CancellationToken cancellationToken);

    /// <summary>
    /// Ends an open upload in another way than accepted; its wrapped key is destroyed with it.
    /// </summary>
    /// <param name="id">The upload.</param>
    /// <param name="state">How it ends; neither open nor accepted.</param>
    /// <param name="outcome">What its sender is answered; may be empty.</param>
    /// <param name="cancellationToken">Stops before the transaction is committed.</param>
    /// <returns>The upload as it stands now; null when it does not exist. One that had ended stays as it was.</returns>
    Task<Upload?> EndAsync(string id, UploadState state, ReadOnlyMemory<byte> outcome, CancellationToken cancellationToken);

    /// <summary>The open uploads whose time is over.</summary>
    Task<IReadOnlyList<Upload>> OverdueAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Forgets ended uploads whose time is over; says how many.</summary>
    Task<int> ForgetAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Puts the same key, wrapped anew, in the place of the old wrapping; false when that is not there any more.</summary>
    Task<bool> RewrapAsync(string id, ReadOnlyMemory<byte> standing, ReadOnlyMemory<byte> renewed, CancellationToken cancellationToken);
}

/// <summary>What one organisation may have open at the same time.</summary>
/// <param name="MaximumOpen">Uploads; positive.</param>
/// <param name="MaximumBytes">Bytes of all of them together, as declared; positive.</param>
public sealed record UploadQuota(int MaximumOpen, long MaximumBytes);

/// <summary>What opening answered.</summary>
/// <param name="Upload">The upload.</param>
/// <param name="WasThere">True when it was open before.</param>
public sealed record OpenedUpload(Upload Upload, bool WasThere);

/// <summary>How an upload ends when its submission is committed.</summary>
/// <param name="UploadId">The upload; must be open.</param>
/// <param name="Receipt">What the sender is answered, kept byte for byte with the submission and the upload.</param>
public sealed record UploadEnd(string UploadId, ReadOnlyMemory<byte> Receipt);
