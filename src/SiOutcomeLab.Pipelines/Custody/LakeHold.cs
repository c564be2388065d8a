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
    private readonly Dictionary<string, LakeObject> _objects = new(StringComparer.Ordinal);

    internal LakeHold(LakeGate gate) => _gate = gate;

    /// <summary>What is held; changed and read in the gate's turns alone.</summary>
    internal HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>Puts an object, held from before it is there.</summary>
    /// <inheritdoc cref="ILake.PutAsync"/>
    public async Task<LakeObject> PutAsync(string sha256, Stream content, CancellationToken cancellationToken) =>
        _objects[sha256] = await _gate.PutAsync(this, sha256, content, cancellationToken);

    /// <summary>Commits, when all that was put is there.</summary>
    /// <param name="commit">Names the objects in the catalogue, durably.</param>
    /// <param name="cancellationToken">Cancels the wait for others.</param>
    /// <exception cref="LakeObjectMissingException">Another program has removed an object; nothing is committed. Put it again.</exception>
    public Task<T> CommitAsync<T>(Func<Task<T>> commit, CancellationToken cancellationToken) =>
        _gate.CommitAsync(_objects.Values, commit, cancellationToken);

    /// <summary>Lets go of the objects, and deletes those that nobody names or holds.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _gate.ReleaseAsync(this);
        }
        catch (Exception e) when (e is StorageUnavailableException or CatalogueUnavailableException)
        {
            // They are held no more, so the sweeper takes what is not named. How the commit ended is what the caller is to be told.
            return;
        }
    }
}
