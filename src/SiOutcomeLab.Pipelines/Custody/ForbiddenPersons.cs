using System.Security.Cryptography;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Custody;

/// <summary>
/// The persons whom an organisation may not send again, since it has had them erased. Kept as a hash of the lake's pseudonym, which is
/// itself made under a key: the hash is found in no file, and tells nothing without the hub's person key.
/// </summary>
public sealed class ForbiddenPersons
{
    private readonly HashSet<UInt128> _digests;

    private ForbiddenPersons(HashSet<UInt128> digests) => _digests = digests;

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _digests.Count == 0;

    /// <summary>Those of an organisation and project.</summary>
    public static async Task<ForbiddenPersons> OfAsync(
        ISubmissionCatalogue submissions, OrganisationId organisation, ProjectId project, CancellationToken cancellationToken)
    {
        var digests = await submissions.ForbiddenPersonsAsync(organisation, project, cancellationToken);
        return new ForbiddenPersons([.. digests.Select(d => Short(d.Span))]);
    }

    /// <summary>Whether a person is among them.</summary>
    /// <param name="lakePerson">The lake's pseudonym, 32 bytes.</param>
    public bool Contains(ReadOnlySpan<byte> lakePerson) => !IsEmpty && _digests.Contains(Short(DigestOf(lakePerson)));

    /// <summary>What is kept of a person, 32 bytes.</summary>
    /// <param name="lakePerson">The lake's pseudonym, 32 bytes.</param>
    internal static byte[] DigestOf(ReadOnlySpan<byte> lakePerson)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("silab erased person\n"u8);
        hash.AppendData(lakePerson);
        return hash.GetHashAndReset();
    }

    // Half of it: two among as many persons as there are agree by chance less than once in 1e24.
    private static UInt128 Short(ReadOnlySpan<byte> digest) => System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(digest);
}
