namespace SiOutcomeLab.Hub.Features.Runs;

/// <summary>One result at a time is made again: it takes a run's time and memory, and nobody waits in line for it.</summary>
internal sealed class ReproductionTurn
{
    private int _isTaken;

    /// <summary>The turn until it is disposed of; null when somebody has it.</summary>
    public IDisposable? TryTake() => Interlocked.CompareExchange(ref _isTaken, 1, 0) == 0 ? new Held(this) : null;

    private sealed class Held(ReproductionTurn turn) : IDisposable
    {
        public void Dispose() => Interlocked.Exchange(ref turn._isTaken, 0);
    }
}
