using System.Runtime.InteropServices;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Pipelines.Custody;

/// <summary>
/// Copies of a lake file: without some rows, or without its persons. Works a row group at a time; the same file gives the same bytes.
/// </summary>
internal static class LakeFileCopy
{
    /// <summary>The column that tells each row's number in the file as it was sent.</summary>
    public const string RowNumber = "row_number";

    private const string PersonId = "person_id";
    private const int BatchRows = 65_536;

    /// <summary>The positions (from 0, rising) of the rows about a person.</summary>
    /// <param name="file">The lake file; left open.</param>
    /// <param name="person">The lake's pseudonym, 32 bytes.</param>
    /// <param name="cancellationToken">Asked once a batch.</param>
    public static IReadOnlyList<long> RowsOf(Stream file, ReadOnlySpan<byte> person, CancellationToken cancellationToken)
    {
        using var reader = ParquetReader.Open(file, leaveOpen: true);
        var column = PersonColumn(reader.Schema);
        var written = column.TypeLength == person.Length ? person.ToArray() : Convert.ToHexStringLower(person).Select(c => (byte)c).ToArray();
        var rows = new List<long>();
        var position = 0L;
        var batch = new BytesBatch();
        for (var g = 0; g < reader.RowGroupCount; g++)
        {
            using var persons = reader.OpenRowGroup(g).Bytes(column.Index);
            for (int read; (read = persons.Read(batch, BatchRows)) > 0; position += read)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (var i = 0; i < read; i++)
                {
                    if (!batch.IsNull(i) && batch[i].SequenceEqual(written)) rows.Add(position + i);
                }
            }
        }

        return rows;
    }

    /// <summary>Writes the file without some rows; the numbers of those that remain can still be told.</summary>
    /// <param name="from">The lake file; left open.</param>
    /// <param name="to">Where the copy goes; left open.</param>
    /// <param name="positions">The rows to leave out, from 0, rising.</param>
    /// <param name="cancellationToken">Asked once a column.</param>
    public static void WithoutRows(Stream from, Stream to, IReadOnlyList<long> positions, CancellationToken cancellationToken)
    {
        using var reader = ParquetReader.Open(from, leaveOpen: true);
        var metadata = reader.KeyValueMetadata.Where(m => m.Key != ErasedRows.Key)
            .Append(new(ErasedRows.Key, ErasedRows.Of(reader.KeyValueMetadata).And(positions).ToString()));
        var options = Options(metadata);
        using var writer = ParquetWriter.Create(to, [.. reader.Schema.Columns.Select(Spec)], options, leaveOpen: true);
        var first = 0L;
        for (var g = 0; g < reader.RowGroupCount; g++)
        {
            var group = reader.OpenRowGroup(g);
            var keep = new bool[checked((int)group.RowCount)];
            keep.AsSpan().Fill(true);
            foreach (var position in positions)
            {
                if (position >= first && position < first + keep.Length) keep[position - first] = false;
            }

            first += keep.Length;
            if (!keep.Contains(true)) continue;
            var target = writer.StartRowGroup();
            foreach (var column in reader.Schema.Columns)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Copy(group, column, keep, target);
            }
        }

        writer.Close();
    }

    /// <summary>Writes the file with the rows' numbers in the place of its persons.</summary>
    /// <inheritdoc cref="WithoutRows" path="/param"/>
    public static void WithoutPersons(Stream from, Stream to, CancellationToken cancellationToken)
    {
        using var reader = ParquetReader.Open(from, leaveOpen: true);
        var person = PersonColumn(reader.Schema);
        var erased = ErasedRows.Of(reader.KeyValueMetadata);
        ParquetColumn[] columns = [.. reader.Schema.Columns.Where(c => c != person)];
        using var writer = ParquetWriter.Create(
            to, [ParquetColumnSpec.Of<long>(RowNumber), .. columns.Select(Spec)], Options([]), leaveOpen: true);
        var first = 0L;
        for (var g = 0; g < reader.RowGroupCount; g++)
        {
            var group = reader.OpenRowGroup(g);
            var keep = new bool[checked((int)group.RowCount)];
            keep.AsSpan().Fill(true);
            var target = writer.StartRowGroup();
            target.WriteColumn<long>(erased.NumbersAt(Positions(first, keep.Length)).ToArray());
            first += keep.Length;
            foreach (var column in columns)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Copy(group, column, keep, target);
            }
        }

        writer.Close();
    }

    private static IEnumerable<long> Positions(long first, int count)
    {
        for (var i = 0; i < count; i++) yield return first + i;
    }

    private static void Copy(ParquetRowGroup group, ParquetColumn column, bool[] keep, ParquetRowGroupWriter target)
    {
        switch (column.PhysicalType)
        {
            case ParquetPhysicalType.Boolean:
                CopyFixed<bool>(group, column, keep, target);
                break;
            case ParquetPhysicalType.Int32:
                CopyFixed<int>(group, column, keep, target);
                break;
            case ParquetPhysicalType.Int64:
                CopyFixed<long>(group, column, keep, target);
                break;
            case ParquetPhysicalType.Float:
                CopyFixed<float>(group, column, keep, target);
                break;
            case ParquetPhysicalType.Double:
                CopyFixed<double>(group, column, keep, target);
                break;
            default:
                CopyBytes(group, column, keep, target);
                break;
        }
    }

    private static void CopyFixed<T>(ParquetRowGroup group, ParquetColumn column, bool[] keep, ParquetRowGroupWriter target)
        where T : unmanaged
    {
        using var source = group.Column<T>(column.Index);
        var values = new T[keep.Length];
        var present = new bool[keep.Length];
        for (var done = 0; done < keep.Length;)
        {
            var read = source.Read(values.AsSpan(done), present.AsSpan(done));
            if (read == 0) throw EndsEarly(column);
            done += read;
        }

        var kept = 0;
        for (var i = 0; i < keep.Length; i++)
        {
            if (!keep[i]) continue;
            values[kept] = values[i];
            present[kept++] = present[i];
        }

        target.WriteColumn<T>(values.AsSpan(0, kept), column.IsOptional ? present.AsSpan(0, kept) : default);
    }

    private static void CopyBytes(ParquetRowGroup group, ParquetColumn column, bool[] keep, ParquetRowGroupWriter target)
    {
        using var source = group.Bytes(column.Index);
        var values = new List<byte[]?>(keep.Length);
        var batch = new BytesBatch();
        for (var done = 0; done < keep.Length;)
        {
            var read = source.Read(batch, BatchRows);
            if (read == 0) throw EndsEarly(column);
            for (var i = 0; i < read; i++)
            {
                if (keep[done + i]) values.Add(batch.IsNull(i) ? null : batch[i].ToArray());
            }

            done += read;
        }

        target.WriteBytes(CollectionsMarshal.AsSpan(values));
    }

    private static ParquetColumn PersonColumn(ParquetSchema schema) => schema.TryFind(PersonId, out var column)
        ? column
        : throw new InvalidDataException("A file of the lake has no column of persons.");

    private static InvalidDataException EndsEarly(ParquetColumn column) =>
        new($"The column {column.Name} of a file of the lake ends before the others.");

    private static ParquetWriterOptions Options(IEnumerable<KeyValuePair<string, string>> metadata) => ParquetWriterOptions.Default with
    {
        KeyValueMetadata = [.. metadata.OrderBy(m => m.Key, StringComparer.Ordinal)],
    };

    private static ParquetColumnSpec Spec(ParquetColumn c) => new(
        c.Name, c.PhysicalType, c.LogicalType, c.IsOptional,
        c.PhysicalType == ParquetPhysicalType.FixedLenByteArray ? c.TypeLength : 0,
        c.Precision,
        c.Scale,
        c.IsUtc);
}
