using System.Security.Cryptography;
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
/// on it, so a removal that asked for the names alone would take it from under a commit. Therefore a name is held before its object is put,
/// until the commit is over, well or not. A removal asks for names and holds and deletes in one turn, and while there is a turn no hold
/// begins: an object is either held before the removal looks, or put after it has deleted. The last holder of what came to no name removes
/// it, so that nothing is left of what was refused.
/// </para>
/// <para>
/// Holds and the turn are rows of the catalogue, so that any number of hubs on one lake keep to them. Both end by themselves after
/// <see cref="Lease"/> when nobody renews them. A hub that stands still for longer than that has lost them: its commit is refused in the
/// catalogue, and its removal deletes nothing more. (Not excluded: that it stands still for half that time between looking at its clock
/// and the deletion, while the same content comes in again elsewhere.) Hubs' clocks may differ by less than half of it.
/// </para>
/// </remarks>
public sealed class LakeGate(ICatalogue catalogue, ILake lake, TimeProvider time) : IDisposable
{
    /// <summary>For how long a hold or a turn stands without being renewed.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(50);

    // Among this hub's own, so that they need not ask the catalogue again and again.
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Begins to put objects that one commit will name. Dispose of it when the commit is over.</summary>
    public LakeHold Hold() => new(this, catalogue.Holds, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), time);

    /// <summary>Deletes those of the objects that have ceased to be named and that nobody holds.</summary>
    /// <param name="objects">The objects; null for none.</param>
    /// <param name="cancellationToken">Stops between two objects.</param>
    public Task RemoveAsync(IEnumerable<LakeObject?> objects, CancellationToken cancellationToken) =>
        RemoveAsync([.. objects.OfType<LakeObject>().Select(o => o.Sha256)], cancellationToken);

    /// <summary>
    /// Deletes every object that is neither named nor held, whatever its age: what a crash between put and commit has left, among it.
    /// </summary>
    /// <returns>How many.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        await InTurnAsync(
            async (turn, started) =>
            {
                // Nothing is put while the turn lasts. Should it be lost, what others have put since is younger than this.
                using var renewing = new LeaseRenewal(Lease, time, token => catalogue.Holds.RenewTurnAsync(turn.Epoch, time.GetUtcNow() + Lease, token));
                removed = await lake.SweepAsync(turn.Staying, started + (Lease / 2), cancellationToken);
            },
            cancellationToken);
        return removed;
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    internal async Task<LakeObject> PutAsync(string holder, string sha256, Stream content, CancellationToken cancellationToken)
    {
        while (!await TryWriteAsync(holder, sha256, cancellationToken)) await Task.Delay(AskAgain, cancellationToken);
        var put = await lake.PutAsync(sha256, content, cancellationToken);
        await catalogue.Holds.WrittenAsync(holder, sha256, cancellationToken);
        return put;
    }

    internal async Task<T> CommitAsync<T>(
        string holder, IReadOnlyCollection<LakeObject> objects, Func<HeldObjects, Task<T>> commit, CancellationToken cancellationToken)
    {
        foreach (var put in objects) await (await lake.OpenReadAsync(put, cancellationToken)).DisposeAsync();
        try
        {
            return await commit(new HeldObjects(holder, [.. objects.Select(o => o.Sha256)]));
        }
        catch (LakeHoldLostException)
        {
            // Missing, as far as the caller may rely on anything.
            throw new LakeObjectMissingException(objects.First().Sha256);
        }
    }

    internal async Task ReleaseAsync(string holder, IReadOnlyCollection<string> names)
    {
        await catalogue.Holds.ReleaseAsync(holder, CancellationToken.None);
        var named = await catalogue.Submissions.NamedObjectsAsync(CancellationToken.None);
        await RemoveAsync([.. names.Where(n => !named.Contains(n))], CancellationToken.None);
    }

    private async Task<bool> TryWriteAsync(string holder, string sha256, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await catalogue.Holds.TryWriteAsync(holder, sha256, now, now + Lease, cancellationToken);
    }

    private Task RemoveAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken) => names.Count == 0
        ? Task.CompletedTask
        : InTurnAsync(
            async (turn, _) =>
            {
                var renewed = time.GetTimestamp();
                foreach (var gone in names.Where(n => !turn.Staying.Contains(n)).Distinct(StringComparer.Ordinal))
                {
                    if (time.GetElapsedTime(renewed) > Lease / 2)
                    {
                        renewed = time.GetTimestamp();
                        if (!await catalogue.Holds.RenewTurnAsync(turn.Epoch, time.GetUtcNow() + Lease, cancellationToken)) return;
                    }

                    await lake.EraseAsync(gone, cancellationToken);
                }
            },
            cancellationToken);

    private async Task InTurnAsync(Func<LakeTurn, DateTimeOffset, Task> act, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var (turn, started) = await TakeTurnAsync(cancellationToken);
            try
            {
                await act(turn, started);
            }
            finally
            {
                await catalogue.Holds.EndTurnAsync(turn.Epoch, CancellationToken.None);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<(LakeTurn Turn, DateTimeOffset Started)> TakeTurnAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = time.GetUtcNow();
            if (await catalogue.Holds.TryTakeTurnAsync(now, now + Lease, cancellationToken) is { } turn) return (turn, now);
            await Task.Delay(AskAgain, cancellationToken);
        }
    }
}
