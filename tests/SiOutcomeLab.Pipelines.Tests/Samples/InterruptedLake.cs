using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Tests.Samples;

/// <summary>A lake in which something happens just before an object is read, the first times.</summary>
internal sealed class InterruptedLake(ILake lake, Func<Task> before, int times = 1) : ILake
{
    private int _left = times;

    public Task<LakeObject> PutAsync(string sha256, Stream content, CancellationToken cancellationToken) => lake.PutAsync(sha256, content, cancellationToken);

    public async Task<Stream> OpenReadAsync(LakeObject lakeObject, CancellationToken cancellationToken)
    {
        if (_left > 0)
        {
            _left--;
            await before();
        }

        return await lake.OpenReadAsync(lakeObject, cancellationToken);
    }

    public Task<int> SweepAsync(IReadOnlySet<string> named, DateTimeOffset olderThan, CancellationToken cancellationToken) =>
        lake.SweepAsync(named, olderThan, cancellationToken);

    public Task<bool> EraseAsync(string sha256, CancellationToken cancellationToken) => lake.EraseAsync(sha256, cancellationToken);
}
