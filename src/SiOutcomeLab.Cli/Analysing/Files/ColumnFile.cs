using SiOutcomeLab.Cli.Analysing.Reports;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Cli.Analysing.Files;

/// <summary>Reads the columns that an analysis needs from a CSV or Parquet file, row by row, in memory for those columns only.</summary>
internal static class ColumnFile
{
    private const int RowsBetweenChecks = 65_536;

    public static async Task<ColumnTable> ReadAsync(
        string path, char? separator, IReadOnlyList<ColumnWish> wishes, CancellationToken cancellationToken)
    {
        if (!File.Exists(path)) throw DataFault.NoFile(path);
        try
        {
            using var source = await IsParquetAsync(path, cancellationToken)
                ? (IRowSource)ParquetRows.Open(path)
                : await CsvRows.OpenAsync(path, separator, cancellationToken);
            return Read(path, source, wishes, cancellationToken);
        }
        catch (SourceTableException e)
        {
            throw new CommandException(ExitCode.InputUnreadable, new($"{path}: {e.What.Sv}", $"{path}: {e.What.En}"), e.Remedy, e.Details);
        }
        catch (ParquetFormatException e)
        {
            throw DataFault.Of(
                new($"{path} är inte en Parquetfil som kan läsas.", $"{path} is not a Parquet file that can be read."),
                new("Skriv filen på nytt med ett vanligt Parquetbibliotek.", "Write the file anew with a common Parquet library."),
                e.Code.ToString());
        }
    }

    private static ColumnTable Read(string path, IRowSource source, IReadOnlyList<ColumnWish> wishes, CancellationToken cancellationToken)
    {
        var columns = wishes.DistinctBy(wish => (wish.Name, wish.Form)).Select(wish => Builder(path, source.Headings, wish)).ToArray();
        var dropped = new DroppedRows();
        var kept = new List<int>();
        var row = 0;
        while (source.Read())
        {
            if (++row % RowsBetweenChecks == 0) cancellationToken.ThrowIfCancellationRequested();
            if (!source.IsWhole) throw DataFault.Ragged(path, row);
            string? missing = null;
            foreach (var column in columns)
            {
                var state = column.Take(source);
                if (state == CellState.Other) throw DataFault.NoNumber(path, column.Wish, row);
                if (state == CellState.Missing) missing ??= column.Wish.Name;
            }

            if (missing is not null)
            {
                dropped.Add(row, DropReason.MissingValue, missing);
                continue;
            }

            kept.Add(row);
            foreach (var column in columns) column.Keep();
        }

        if (row == 0) throw DataFault.NoRows(path);
        return new ColumnTable(
            path,
            row,
            [.. kept],
            columns.Where(c => c.Wish.Form != ColumnForm.Category).ToDictionary(c => c.Wish.Name, c => c.Numbers(), StringComparer.Ordinal),
            columns.Where(c => c.Wish.Form == ColumnForm.Category).ToDictionary(c => c.Wish.Name, c => c.Category(), StringComparer.Ordinal),
            dropped);
    }

    private static ColumnBuilder Builder(string path, IReadOnlyList<string> headings, ColumnWish wish)
    {
        var at = -1;
        for (var i = 0; i < headings.Count; i++)
        {
            if (headings[i] != wish.Name) continue;
            if (at >= 0) throw DataFault.DoubledColumn(path, wish);
            at = i;
        }

        return at >= 0 ? new ColumnBuilder(wish, at) : throw DataFault.NoColumn(path, wish, headings);
    }

    private static async Task<bool> IsParquetAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        var magic = new byte[4];
        var read = await file.ReadAtLeastAsync(magic, magic.Length, throwOnEndOfStream: false, cancellationToken);
        return magic.AsSpan(0, read).SequenceEqual("PAR1"u8);
    }
}
