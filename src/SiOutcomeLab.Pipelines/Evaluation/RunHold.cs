using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>
/// A worker's hold on a run that it has claimed. Looks at the catalogue now and then: a run that was cancelled, or that another worker has
/// taken over, is not worked on any further, whichever process the other is in.
/// </summary>
internal sealed class RunHold : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly IRunCatalogue _runs;
    private readonly Run _run;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenSource _work;
    private readonly Task _watch;

    private RunHold(IRunCatalogue runs, Run run, TimeProvider time, CancellationToken stopping)
    {
        (_runs, _run, _time) = (runs, run, time);
        _work = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _watch = WatchAsync();
    }

    /// <summary>Ends the work: the hub is stopping, or the run is not this worker's any more.</summary>
    public CancellationToken Token => _work.Token;

    /// <summary>Whether the run is not this worker's any more.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Holds a run that has just been claimed.</summary>
    public static RunHold Of(IRunCatalogue runs, Run claimed, TimeProvider time, CancellationToken stopping) => new(runs, claimed, time, stopping);

    /// <summary>Tells what the run is doing, and ends the work when it is not this worker's any more.</summary>
    public async Task ReportAsync(RunStage stage, CancellationToken cancellationToken)
    {
        if (await _runs.SetStageAsync(_run.Id, _run.Epoch, stage, cancellationToken)) return;
        await LoseAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _watch;
        _work.Dispose();
        _ended.Dispose();
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
            {
                try
                {
                    var now = await _runs.FindAsync(_run.Id, _ended.Token);
                    if (now is { State: RunState.Running } && now.Epoch == _run.Epoch) continue;
                    await LoseAsync();
                    return;
                }
                catch (CatalogueUnavailableException)
                {
                    // Whether it is still held cannot be told now; the commit will ask again.
                }
            }
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // The work is over.
        }
    }

    private Task LoseAsync()
    {
        IsLost = true;
        return _work.CancelAsync();
    }
}
