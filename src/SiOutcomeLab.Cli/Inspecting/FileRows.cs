using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Cli.Inspecting;

/// <summary>The rows of a file, in order, a block at a time, so that a file of any length is shown in little memory.</summary>
internal static class FileRows
{
    /// <summary>Rows of a block at most.</summary>
    public const int BlockRows = 256;

    /// <summary>Gives blocks: readers of all columns with that many rows read.</summary>
    /// <param name="file">The file.</param>
    /// <param name="most">Rows in all at most.</param>
    /// <param name="block">Takes a block; its cells are gone afterwards.</param>
    /// <param name="cancellationToken">Ends between blocks.</param>
    public static void Read(
        ParquetReader file, long most, Action<IReadOnlyList<CellReader>, int> block, CancellationToken cancellationToken)
    {
        for (var index = 0; index < file.RowGroupCount && most > 0; index++)
        {
            var group = file.OpenRowGroup(index);
            var cells = new List<CellReader>(file.Schema.Columns.Count);
            try
            {
                foreach (var column in file.Schema.Columns) cells.Add(CellReader.Open(group, column));
                var left = Math.Min(most, group.RowCount);
                most -= left;
                for (int rows; left > 0; left -= rows)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    rows = (int)Math.Min(left, BlockRows);
                    foreach (var cell in cells) cell.Read(rows);
                    block(cells, rows);
                }
            }
            finally
            {
                foreach (var cell in cells) cell.Dispose();
            }
        }
    }
}
