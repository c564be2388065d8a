using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Disk;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Custody;

/// <summary>
/// The objects that one commit is about to name, kept from removal by others until it is disposed of. Those that then are not named are
/// deleted. For one caller at a time.
/// </summary>
public sealed class LakeHold : IAsyncDisposable
{
    private readonly LakeGate _gate;
    private readonly ILakeHolds _holds;
    private readonly string _holder;
    private readonly TimeProvider _time;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LakeObject> _objects = new(StringComparer.Ordinal);
    private LeaseRenewal? _renewal;

    internal LakeHold(LakeGate gate, ILakeHolds holds, string holder, TimeProvider time) =>
        (_gate, _holds, _holder, _time) = (gate, holds, holder, time);

    /// <summary>Puts an object, held from before it is there.</summary>
    /// <inheritdoc cref="ILake.PutAsync"/>
    public async Task<LakeObject> PutAsync(string sha256, Stream content, CancellationToken cancellationToken)
    {
        _names.Add(sha256);
        _renewal ??= new LeaseRenewal(LakeGate.Lease, _time, token => _holds.RenewAsync(_holder, _time.GetUtcNow() + LakeGate.Lease, token));
        return _objects[sha256] = await _gate.PutAsync(_holder, sha256, content, cancellationToken);
    }

    /// <summary>Commits, when all that was put is there.</summary>
    /// <param name="commit">Names the objects in the catalogue, durably, on condition that they are held still.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="LakeObjectMissingException">Another program has removed an object, or this one stood still so long that another may
    /// have; nothing is committed. Put it again.</exception>
    public Task<T> CommitAsync<T>(Func<HeldObjects, Task<T>> commit, CancellationToken cancellationToken) =>
        _gate.CommitAsync(_holder, _objects.Values, commit, cancellationToken);

    /// <summary>Lets go of the objects, and deletes those that nobody names or holds.</summary>
    public async ValueTask DisposeAsync()
    {
        _renewal?.Dispose();
        if (_names.Count == 0) return;
        try
        {
            await _gate.ReleaseAsync(_holder, _names);
        }
        catch (Exception e) when (e is StorageUnavailableException or CatalogueUnavailableException)
        {
            // Held no more, or not for long: the sweeper takes what is not named. How the commit ended is what the caller is to be told.
            return;
        }
    }
}
