using System.Runtime.ExceptionServices;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract;

/// <summary>
/// Reads columns of a file block by block, the columns of a block shared out among threads. What is read, and which fault is told when
/// several columns have one, does not depend on the number of threads.
/// </summary>
public static class BlockScan
{
    /// <summary>Gives a file's rows to a sink.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="part">Which of a submission's files it is: decides the order of the columns.</param>
    /// <param name="sink">Takes the rows.</param>
    /// <param name="threads">Threads that read, the caller's among them; positive.</param>
    /// <param name="cancellationToken">Asked once a block.</param>
    /// <exception cref="ParquetFormatException">The file cannot be read.</exception>
    /// <exception cref="NotSupportedException">A column has a type that no contract column has.</exception>
    public static void Read(
        ParquetReader reader, Domain.Submissions.SubmissionPart part, IBlockSink sink, int threads, CancellationToken cancellationToken)
    {
        var columns = SubmissionColumns.InOrder(part, reader.Schema);
        var works = new List<ColumnWork>();
        try
        {
            foreach (var column in columns)
            {
                var block = ColumnBlock.For(reader, column)
                    ?? throw new NotSupportedException($"Column {column.Name} is stored as {column.PhysicalType}.");
                var at = works.Count;
                works.Add(new ColumnWork(block, (b, _) => sink.Take(at, b)));
            }

            sink.Begin(columns);
            Run(reader.RowCount, works, 0, threads, sink.EndBlock, cancellationToken);
            sink.Complete();
        }
        finally
        {
            foreach (var work in works) work.Block.Dispose();
        }
    }

    /// <summary>Reads all rows.</summary>
    /// <param name="rows">Rows of the file.</param>
    /// <param name="works">What is done with each column; the first ones lead.</param>
    /// <param name="leaders">How many of them are done one after another before the others of a block, since others use their rows.</param>
    /// <param name="threads">Threads that work, the caller's among them.</param>
    /// <param name="endBlock">Called after each block.</param>
    /// <param name="cancellationToken">Asked once a block.</param>
    internal static void Run(
        long rows, IReadOnlyList<ColumnWork> works, int leaders, int threads, Action endBlock, CancellationToken cancellationToken)
    {
        var faults = new Exception?[works.Count];
        for (var first = 1L; first <= rows; first += ColumnBlock.MostRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = (int)Math.Min(ColumnBlock.MostRows, rows - first + 1);
            var next = -1;
            var row = first;
            for (var i = 0; i < leaders; i++) Do(++next);
            var helpers = new Task[Math.Min(threads, works.Count - leaders) is > 1 and var most ? most - 1 : 0];
            for (var i = 0; i < helpers.Length; i++) helpers[i] = Task.Run(Work, CancellationToken.None);
            Work();
            Task.WaitAll(helpers, CancellationToken.None);
            if (faults.FirstOrDefault(f => f is not null) is { } fault) ExceptionDispatchInfo.Throw(fault);
            endBlock();

            void Work()
            {
                for (int at; (at = Interlocked.Increment(ref next)) < works.Count;) Do(at);
            }

            void Do(int at)
            {
                try
                {
                    works[at].Block.Fill(count);
                    works[at].Take(works[at].Block, row);
                }
                catch (Exception fault)
                {
                    faults[at] = fault;
                }
            }
        }
    }
}

/// <summary>A column and what is done with each of its blocks.</summary>
/// <param name="Block">The column's rows.</param>
/// <param name="Take">Takes the block, and the number of its first row, from 1.</param>
internal sealed record ColumnWork(ColumnBlock Block, Action<ColumnBlock, long> Take);
