using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Cli.Inspecting;

/// <summary>Writes rows as tables for a reader, each of a block of rows.</summary>
internal static class RowsTable
{
    /// <summary>Wide enough for a pseudonym of 64 hexadecimal digits.</summary>
    private const int WidestCell = 72;

    private const string Missing = "–";

    public static void Write(Terminal terminal, ParquetReader file, long most, CancellationToken cancellationToken)
    {
        TextColumn[] columns =
            [.. file.Schema.Columns.Select(column => new TextColumn(Printable.Of(column.Name), IsNumber(column), WidestCell))];
        FileRows.Read(file, most, (cells, rows) =>
        {
            var table = new TextTable(columns);
            for (var row = 0; row < rows; row++)
            {
                table.Add([.. cells.Select(cell => cell[row].Text is { } text ? Printable.Of(text) : Missing)]);
            }

            terminal.Line();
            table.Write(terminal.Out);
        }, cancellationToken);
    }

    private static bool IsNumber(ParquetColumn column) =>
        column.PhysicalType is not (ParquetPhysicalType.ByteArray or ParquetPhysicalType.FixedLenByteArray);
}
