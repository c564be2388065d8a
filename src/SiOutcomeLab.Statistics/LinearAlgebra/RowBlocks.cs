using System.Buffers;

namespace SiOutcomeLab.Statistics.LinearAlgebra;

/// <summary>
/// Work over rows in fixed blocks. A block's result depends on its rows only; sums are added block by block within fixed runs of blocks,
/// and run by run, so whatever is computed here has the same bytes with any number of threads.
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
    public static void Run(int rows, int? threads, Work work) => RunTurns(rows, threads, (_, from, to) =>
    {
        for (var start = from; start < to; start += Rows) work(start, Math.Min(Rows, to - start));
    });

    /// <summary>Sums over all rows.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="width">How many sums.</param>
    /// <param name="threads">Most threads to use, or null for the machine's.</param>
    /// <param name="work">Adds up one block.</param>
    /// <returns>The sums.</returns>
    public static double[] Sum(int rows, int width, int? threads, Sums work)
    {
        var partial = new double[(long)Turns(rows) * width];
        RunTurns(rows, threads, (turn, from, to) =>
        {
            var rented = ArrayPool<double>.Shared.Rent(Math.Max(1, width));
            var block = rented.AsSpan(0, width);
            var sum = partial.AsSpan(turn * width, width);
            for (var start = from; start < to; start += Rows)
            {
                block.Clear();
                work(start, Math.Min(Rows, to - start), block);
                for (var i = 0; i < width; i++) sum[i] += block[i];
            }

            ArrayPool<double>.Shared.Return(rented);
        });
        var total = new double[width];
        for (var at = 0; at < partial.Length; at += width)
        {
            for (var i = 0; i < width; i++) total[i] += partial[at + i];
        }

        return total;
    }

    private static int Turns(int rows) => (int)((rows + (Rows * BlocksPerTurn) - 1L) / (Rows * BlocksPerTurn));

    private static void RunTurns(int rows, int? threads, Action<int, int, int> work)
    {
        const int Length = Rows * BlocksPerTurn;
        var turns = Turns(rows);
        var most = threads ?? Environment.ProcessorCount;
        if (most > 1 && turns > 1)
        {
            Parallel.For(
                0, turns, new ParallelOptions { MaxDegreeOfParallelism = most }, turn => work(turn, turn * Length, End(turn)));
            return;
        }

        for (var turn = 0; turn < turns; turn++) work(turn, turn * Length, End(turn));

        int End(int turn) => (int)Math.Min(rows, (turn + 1L) * Length);
    }
}
