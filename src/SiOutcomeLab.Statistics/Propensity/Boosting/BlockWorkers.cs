namespace SiOutcomeLab.Statistics.Propensity.Boosting;

/// <summary>Work on numbered pieces by a few workers; who does which piece is open, so results may not depend on it.</summary>
internal sealed class BlockWorkers(int threads)
{
    /// <summary>How many workers there are for so many pieces.</summary>
    public int Of(int pieces) => Math.Clamp(threads, 1, Math.Max(1, pieces));

    /// <summary>Does all pieces.</summary>
    /// <param name="pieces">Number of pieces.</param>
    /// <param name="work">Gets the worker's number, from 0, and the piece's.</param>
    public void Run(int pieces, Action<int, int> work)
    {
        var workers = Of(pieces);
        if (workers == 1)
        {
            for (var piece = 0; piece < pieces; piece++) work(0, piece);
            return;
        }

        var next = -1;
        Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, worker =>
        {
            for (var piece = Interlocked.Increment(ref next); piece < pieces; piece = Interlocked.Increment(ref next)) work(worker, piece);
        });
    }
}
