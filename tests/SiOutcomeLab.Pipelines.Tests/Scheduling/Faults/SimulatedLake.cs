using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Tests.Scheduling.Faults;

/// <summary>The lake as a hub reaches it; something may happen while it waits for its first file.</summary>
internal sealed class SimulatedLake(SimulatedHub hub, ILake lake, Func<Task> meanwhile) : ILake
{
    private bool _hasRead;

    public Task<LakeObject> PutAsync(string sha256, Stream content, CancellationToken cancellationToken) => lake.PutAsync(sha256, content, cancellationToken);

    public async Task<Stream> OpenReadAsync(LakeObject lakeObject, CancellationToken cancellationToken)
    {
        if (!_hasRead)
        {
            _hasRead = true;
            await meanwhile();
        }

        return await hub.CallAsync(() => lake.OpenReadAsync(lakeObject, cancellationToken));
    }

    public Task<int> SweepAsync(IReadOnlySet<string> named, DateTimeOffset olderThan, CancellationToken cancellationToken) =>
        lake.SweepAsync(named, olderThan, cancellationToken);

    public Task<bool> EraseAsync(string sha256, CancellationToken cancellationToken) => lake.EraseAsync(sha256, cancellationToken);
}
