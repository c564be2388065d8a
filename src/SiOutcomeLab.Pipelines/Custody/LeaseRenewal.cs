using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Custody;

/// <summary>Renews a lease in the background, five times before it would end, until disposed of.</summary>
internal sealed class LeaseRenewal : IDisposable
{
    private readonly CancellationTokenSource _ended = new();

    /// <param name="lease">How long it lasts.</param>
    /// <param name="time">The clock.</param>
    /// <param name="renew">Renews it.</param>
    public LeaseRenewal(TimeSpan lease, TimeProvider time, Func<CancellationToken, Task> renew) =>
        _ = Task.Run(() => RunAsync(lease / 5, time, renew, _ended.Token));

    /// <inheritdoc/>
    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
    }

    private static async Task RunAsync(TimeSpan interval, TimeProvider time, Func<CancellationToken, Task> renew, CancellationToken ended)
    {
        try
        {
            using var timer = new PeriodicTimer(interval, time);
            while (await timer.WaitForNextTickAsync(ended)) await TryAsync(renew, ended);
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }

    private static async Task TryAsync(Func<CancellationToken, Task> renew, CancellationToken ended)
    {
        try
        {
            await renew(ended);
        }
        catch (CatalogueUnavailableException)
        {
            // Tried again at the next tick. Should the lease end before, whoever relies on it is told by the catalogue.
            return;
        }
    }
}
