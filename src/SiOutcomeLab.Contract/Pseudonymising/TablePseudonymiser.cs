using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract;

/// <summary>
/// Turns a table with identity numbers into a file of the contract, rows in the same order. Reads forward once and holds one row group
/// of at most 65 536 rows, however long the table is. Runs at the submitter only.
/// </summary>
public static class TablePseudonymiser
{
    private const int RowsBetweenChecks = 1024;

    /// <summary>Writes the file. All faults are told at once; after the first one nothing more is written unless rows may be left out.</summary>
    /// <param name="source">The table, not yet read from.</param>
    /// <param name="part">Which of the two files it becomes.</param>
    /// <param name="options">Key, sender, periods and words.</param>
    /// <param name="output">Receives the Parquet file; left open. What it holds is for nothing when the outcome is not usable.</param>
    /// <param name="cancellationToken">Asked once in a thousand rows.</param>
    /// <exception cref="SourceTableException">Headings are unknown, doubled or missing, or the table cannot be read.</exception>
    public static PseudonymisedTable Write(
        ISourceTable source, SubmissionPart part, PseudonymiseOptions options, Stream output, CancellationToken cancellationToken)
    {
        var matched = HeadingMatch.Match(source.Headings, part, options);
        var cells = matched.Select(m => new SourceCells(m, Builder(m, source, options), options)).ToArray();
        var log = new SourceFaultLog(part);
        using var writer = ParquetWriter.Create(output, [.. cells.Select(c => c.Builder.Spec)], leaveOpen: true);
        long row = 0, kept = 0, leftOut = 0;
        var waiting = 0;
        while (source.Read())
        {
            row++;
            if (row % RowsBetweenChecks == 0) cancellationToken.ThrowIfCancellationRequested();
            if (IsEmpty(source)) continue;
            if (!TryTake(source, cells, log, row))
            {
                leftOut++;
                continue;
            }

            if (leftOut > 0 && !options.SkipInvalid) continue;
            foreach (var cell in cells) cell.Builder.Keep();
            kept++;
            if (++waiting < ColumnBuilder.MostRows) continue;
            WriteRowGroup(writer, cells);
            waiting = 0;
        }

        if (waiting > 0) WriteRowGroup(writer, cells);
        writer.Close();
        var columns = matched.Select(m => (m.Column.Name, m.Heading < 0 ? null : SafeName.Of(source.Headings[m.Heading], m.Heading))).ToList();
        return new PseudonymisedTable(kept, leftOut, columns, log.ToFindings());
    }

    private static ColumnBuilder Builder(MatchedColumn matched, ISourceTable source, PseudonymiseOptions options) =>
        matched.Column.Content == ColumnContent.PersonId
            ? new PseudonymBuilder(options.Key, options.BornBy, source.IsNumber(matched.Heading))
            : CellReaders.For(matched.Column, matched.Row, source.Numbers, options.PeriodLength);

    private static bool TryTake(ISourceTable source, SourceCells[] cells, SourceFaultLog log, long row)
    {
        if (!source.IsWhole)
        {
            log.Add(SourceFault.FieldCount, -1, null, row);
            return false;
        }

        var taken = true;
        for (var i = 0; i < cells.Length; i++)
        {
            var fault = cells[i].Take(source);
            if (fault == SourceFault.None) continue;
            log.Add(fault, i, cells[i].Name, row);
            taken = false;
        }

        return taken;
    }

    private static bool IsEmpty(ISourceTable source)
    {
        for (var i = 0; i < source.Headings.Count; i++)
        {
            if (!source[i].AsSpan().Trim().IsEmpty) return false;
        }

        return true;
    }

    private static void WriteRowGroup(ParquetWriter writer, SourceCells[] cells)
    {
        var group = writer.StartRowGroup();
        foreach (var cell in cells) cell.Builder.Write(group);
    }
}
