using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Tests.Samples;

/// <summary>A lake that holds every write back until it is let through, or its caller after the write, and counts those that wait.</summary>
internal sealed class GatedLake(ILake lake, bool isAfterPut = false) : ILake
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _waiting;

    public int Waiting => Volatile.Read(ref _waiting);

    public int Puts { get; private set; }

    public void Open() => _open.TrySetResult();

    public async Task UntilWaitingAsync(int count)
    {
        for (var i = 0; i < 3000 && Waiting < count; i++) await Task.Delay(20, TestLab.Token);
        Assert.Equal(count, Waiting);
    }

    public async Task<LakeObject> PutAsync(string sha256, Stream content, CancellationToken cancellationToken)
    {
        var put = isAfterPut ? await lake.PutAsync(sha256, content, cancellationToken) : null;
        Interlocked.Increment(ref _waiting);
        await _open.Task.WaitAsync(cancellationToken);
        Puts++;
        return put ?? await lake.PutAsync(sha256, content, cancellationToken);
    }

    public Task<Stream> OpenReadAsync(LakeObject lakeObject, CancellationToken cancellationToken) => lake.OpenReadAsync(lakeObject, cancellationToken);

    public Task<int> SweepAsync(IReadOnlySet<string> named, DateTimeOffset olderThan, CancellationToken cancellationToken) =>
        lake.SweepAsync(named, olderThan, cancellationToken);

    public Task<bool> EraseAsync(string sha256, CancellationToken cancellationToken) => lake.EraseAsync(sha256, cancellationToken);
}
