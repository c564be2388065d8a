using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Custody;

/// <summary>Gives an organisation back what the hub holds from it, without the hub's pseudonyms.</summary>
public sealed class OwnDataReturn(ISubmissionCatalogue submissions, ILake lake)
{
    /// <summary>The owner's submissions whose rows the hub has, whatever their state, in the order they came; one alone when named.</summary>
    /// <returns>Null when one is named and is not the owner's.</returns>
    public async Task<IReadOnlyList<Submission>?> SubmissionsAsync(OrganisationId owner, string? id, CancellationToken cancellationToken)
    {
        if (id is not null) return await submissions.FindAsync(owner, id, cancellationToken) is { } one ? [one] : null;
        return [.. (await submissions.KeptAsync(null, cancellationToken)).Where(s => s.Organisation == owner)];
    }

    /// <summary>Writes a file of a submission as Parquet, its rows numbered as in the file that was sent.</summary>
    /// <param name="file">The file in the lake.</param>
    /// <param name="target">Where to; left open.</param>
    /// <param name="cancellationToken">Asked once a column.</param>
    /// <exception cref="LakeObjectMissingException">It was removed in the meantime.</exception>
    public async Task WriteAsync(LakeObject file, Stream target, CancellationToken cancellationToken)
    {
        await using var from = await lake.OpenReadAsync(file, cancellationToken);
        LakeFileCopy.WithoutPersons(from, target, cancellationToken);
    }
}
