using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Custody;

/// <summary>
/// The one door through which objects come into the lake and leave it: what is held or named stays, what is neither goes.
/// </summary>
/// <remarks>
/// <para>
/// Submissions of equal bytes share an object. Between the put and the commit that names it, the catalogue does not say that anybody relies
/// on it, so a removal that asked the catalogue alone would take it from under a commit. Therefore a name is held before its object is put,
/// until the commit is over, well or not. A removal asks for the names and deletes in one turn, and a hold begins and ends in a turn of its
/// own: an object is either held before the removal looks, or put after it has deleted. The last holder of what came to no name removes it,
/// so that nothing is left of what was refused.
/// </para>
/// <para>
/// One process holds the data folder, so turns inside the process are enough. Several hubs on one lake will have to take the turn in the
/// catalogue, under the lock that a commit takes there already, and keep their holds as rows beside it. Until then a commit looks, in its
/// turn, whether its objects are there; whoever commits puts again what another program has removed.
/// </para>
/// </remarks>
public sealed class LakeGate(ISubmissionCatalogue submissions, ILake lake) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly HashSet<LakeHold> _holds = [];

    /// <summary>Begins to put objects that one commit will name. Dispose of it when the commit is over.</summary>
    public LakeHold Hold() => new(this);

    /// <summary>Deletes those of the objects that have ceased to be named and that nobody holds.</summary>
    /// <param name="objects">The objects; null for none.</param>
    /// <param name="cancellationToken">Stops between two objects.</param>
    public Task RemoveAsync(IEnumerable<LakeObject?> objects, CancellationToken cancellationToken) => InTurnAsync(
        () => RemoveAsync([.. objects.OfType<LakeObject>().Select(o => o.Sha256)], cancellationToken), cancellationToken);

    /// <summary>
    /// Deletes every object that is neither named nor held, whatever its age: what a crash between put and commit has left, among it.
    /// </summary>
    /// <returns>How many.</returns>
    public Task<int> SweepAsync(CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            var staying = (await submissions.NamedObjectsAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
            foreach (var hold in _holds) staying.UnionWith(hold.Names);
            return await lake.SweepAsync(staying, DateTimeOffset.MaxValue, cancellationToken);
        },
        cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    internal async Task<LakeObject> PutAsync(LakeHold hold, string sha256, Stream content, CancellationToken cancellationToken)
    {
        await InTurnAsync(
            () =>
            {
                hold.Names.Add(sha256);
                return Task.FromResult(_holds.Add(hold));
            },
            cancellationToken);
        return await lake.PutAsync(sha256, content, cancellationToken);
    }

    internal Task<T> CommitAsync<T>(
        IEnumerable<LakeObject> objects, Func<Task<T>> commit, CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            foreach (var put in objects) await (await lake.OpenReadAsync(put, cancellationToken)).DisposeAsync();
            return await commit();
        },
        cancellationToken);

    internal Task ReleaseAsync(LakeHold hold) => InTurnAsync(
        async () =>
        {
            if (_holds.Remove(hold)) await RemoveAsync(hold.Names, CancellationToken.None);
            return true;
        },
        CancellationToken.None);

    private async Task<bool> RemoveAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        var named = await submissions.NamedObjectsAsync(cancellationToken);
        foreach (var gone in names.Where(n => !named.Contains(n) && !_holds.Any(h => h.Names.Contains(n))).Distinct())
        {
            await lake.EraseAsync(gone, cancellationToken);
        }

        return true;
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await act();
        }
        finally
        {
            _turn.Release();
        }
    }
}
