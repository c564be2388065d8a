using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Custody;

/// <summary>Deletes lake objects that have ceased to be named. Two submissions may name one object; then it stays for the other.</summary>
internal static class LakeRemoval
{
    public static async Task RemoveAsync(
        ISubmissionCatalogue submissions, ILake lake, IReadOnlyList<LakeObject?> objects, CancellationToken cancellationToken)
    {
        var named = await submissions.NamedObjectsAsync(cancellationToken);
        foreach (var gone in objects.OfType<LakeObject>().DistinctBy(o => o.Sha256))
        {
            if (!named.Contains(gone.Sha256)) await lake.EraseAsync(gone.Sha256, cancellationToken);
        }
    }
}
