using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Tests.Samples;

/// <summary>A lake in which something happens before the first reading, which then may go on until it is cancelled.</summary>
internal sealed class EndlessLake(ILake lake, Func<Task> before, bool isEndless) : ILake
{
    private int _readings;

    public bool WasEnded { get; private set; }

    public Task<LakeObject> PutAsync(string sha256, Stream content, CancellationToken cancellationToken) => lake.PutAsync(sha256, content, cancellationToken);

    public async Task<Stream> OpenReadAsync(LakeObject lakeObject, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _readings) == 1)
        {
            await before();
            if (isEndless)
            {
                try
                {
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                }
                finally
                {
                    WasEnded = cancellationToken.IsCancellationRequested;
                }
            }
        }

        return await lake.OpenReadAsync(lakeObject, cancellationToken);
    }

    public Task<int> SweepAsync(IReadOnlySet<string> named, DateTimeOffset olderThan, CancellationToken cancellationToken) =>
        lake.SweepAsync(named, olderThan, cancellationToken);

    public Task<bool> EraseAsync(string sha256, CancellationToken cancellationToken) => lake.EraseAsync(sha256, cancellationToken);
}
