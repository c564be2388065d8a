namespace SiOutcomeLab.Statistics.LinearAlgebra;

/// <summary>
/// Work over rows in fixed blocks. A block's result depends on its rows only and sums over blocks are added in block order, so whatever is
/// computed here has the same bytes with any number of threads.
/// </summary>
internal static class RowBlocks
{
    /// <summary>Rows in a block: a dozen columns of it fit the first cache.</summary>
    public const int Rows = 256;

    // Under some 16 000 rows a thread costs more than it saves.
    private const int BlocksPerTurn = 64;

    /// <summary>Computes on one block of rows.</summary>
    /// <param name="start">First row.</param>
    /// <param name="count">Number of rows, at most <see cref="Rows"/>.</param>
    public delegate void Work(int start, int count);

    /// <summary>Computes partial sums over one block of rows.</summary>
    /// <param name="start">First row.</param>
    /// <param name="count">Number of rows, at most <see cref="Rows"/>.</param>
    /// <param name="sums">Where the block's sums go; zero at the start.</param>
    public delegate void Sums(int start, int count, Span<double> sums);

    /// <summary>Does some work on every block.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="threads">Most threads to use, or null for the machine's.</param>
    /// <param name="work">The work; blocks run at the same time, so it writes to its own rows only.</param>
    public static void Run(int rows, int? threads, Work work)
    {
        var blocks = Count(rows);
        var turns = (blocks + BlocksPerTurn - 1) / BlocksPerTurn;
        var most = threads ?? Environment.ProcessorCount;
        if (most <= 1 || turns <= 1)
        {
            RunBlocks(0, blocks, rows, work);
            return;
        }

        Parallel.For(
            0,
            turns,
            new ParallelOptions { MaxDegreeOfParallelism = most },
            turn => RunBlocks(turn * BlocksPerTurn, Math.Min(blocks, (turn + 1) * BlocksPerTurn), rows, work));
    }

    /// <summary>Sums over all rows.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="width">How many sums.</param>
    /// <param name="threads">Most threads to use, or null for the machine's.</param>
    /// <param name="work">Adds up one block.</param>
    /// <returns>The sums.</returns>
    public static double[] Sum(int rows, int width, int? threads, Sums work)
    {
        var partial = new double[(long)Count(rows) * width];
        Run(rows, threads, (start, count) => work(start, count, partial.AsSpan(start / Rows * width, width)));
        var total = new double[width];
        for (var at = 0; at < partial.Length; at += width)
        {
            for (var i = 0; i < width; i++) total[i] += partial[at + i];
        }

        return total;
    }

    private static int Count(int rows) => (rows + Rows - 1) / Rows;

    private static void RunBlocks(int from, int to, int rows, Work work)
    {
        for (var block = from; block < to; block++) work(block * Rows, Math.Min(Rows, rows - (block * Rows)));
    }
}
