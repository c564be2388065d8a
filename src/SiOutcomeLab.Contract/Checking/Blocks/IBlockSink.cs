using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract;

/// <summary>
/// Takes a file's rows as they are decoded for a check, so that whoever also wants to write them need not decode them again.
/// What was taken is void unless <see cref="Complete"/> was called and the check accepts.
/// </summary>
public interface IBlockSink
{
    /// <summary>Begins a file.</summary>
    /// <param name="columns">Its columns, in the contract's order.</param>
    void Begin(IReadOnlyList<ParquetColumn> columns);

    /// <summary>Takes a column's part of the block. Called from several threads, for different columns.</summary>
    /// <param name="column">The column's place among those given to <see cref="Begin"/>.</param>
    /// <param name="block">The rows; valid during the call only.</param>
    void Take(int column, ColumnBlock block);

    /// <summary>Ends the block: every column has been taken.</summary>
    void EndBlock();

    /// <summary>Ends the file.</summary>
    void Complete();
}
