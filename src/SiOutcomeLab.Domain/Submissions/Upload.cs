using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Domain.Submissions;

/// <summary>Where an upload stands.</summary>
public enum UploadState
{
    /// <summary>Bytes may be sent, and it may be finalised.</summary>
    Open = 1,

    /// <summary>Finalised; its submission stands.</summary>
    Accepted = 2,

    /// <summary>Finalised and refused for its content; nothing of it is kept but what was found.</summary>
    Refused = 3,

    /// <summary>Given up by its sender.</summary>
    Cancelled = 4,

    /// <summary>Given up by the hub after its time.</summary>
    Expired = 5,

    /// <summary>Spoilt: bytes sent again differed from those that were there, so no later byte can be believed.</summary>
    Poisoned = 6,
}

/// <summary>A submission on its way in.</summary>
/// <param name="Id">The hub's identifier, unguessable.</param>
/// <param name="Organisation">Who sends.</param>
/// <param name="Project">The project.</param>
/// <param name="ContentHash">SHA-256 over the manifest, which names the files' hashes: one content has at most one open upload.</param>
/// <param name="Manifest">The manifest (UTF-8 JSON).</param>
/// <param name="DeclaredBytes">The files' bytes together, as the manifest says.</param>
/// <param name="WrappedKey">The key of its files in the spool, wrapped by the hub's key; empty once the upload has ended, and so are the
/// files.</param>
/// <param name="CreatedAt">When it was opened (UTC).</param>
/// <param name="ExpiresAt">When the hub gives it up if it is still open, and forgets it in any case (UTC).</param>
public sealed record Upload(
    string Id,
    OrganisationId Organisation,
    ProjectId Project,
    string ContentHash,
    string Manifest,
    long DeclaredBytes,
    ReadOnlyMemory<byte> WrappedKey,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt)
{
    /// <summary>Where it stands.</summary>
    public UploadState State { get; init; } = UploadState.Open;

    /// <summary>Which writer may add to it: the one that was given this number last.</summary>
    public long Epoch { get; init; }

    /// <summary>The submission it became; null unless accepted.</summary>
    public string? SubmissionId { get; init; }

    /// <summary>What the sender was answered at the end, byte for byte; empty while open.</summary>
    public ReadOnlyMemory<byte> Outcome { get; init; }
}
