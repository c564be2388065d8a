using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Benchmarks.Scan;

/// <summary>
/// Scans the file of <c>follow-up.mjs</c> with our reader on one thread: every value of every column is decoded into arrays.
/// </summary>
internal sealed class ColumnScan(int batchRows)
{
    private readonly int[] _ints = new int[batchRows];
    private readonly long[] _longs = new long[batchRows];
    private readonly double[] _doubles = new double[batchRows];
    private readonly bool[] _flags = new bool[batchRows];
    private readonly bool[] _present = new bool[batchRows];
    private readonly BytesBatch _batch = new();

    public ScanSums Run(string path)
    {
        using var reader = ParquetReader.Open(path);
        var (smallestId, largestId, treated, lastPeriod, births, birthRows) = (long.MaxValue, long.MinValue, 0L, int.MinValue, 0L, 0L);
        var texts = new Dictionary<string, (byte[]? Smallest, byte[]? Largest)>();
        var sums = new double[10];
        for (var index = 0; index < reader.RowGroupCount; index++)
        {
            var group = reader.OpenRowGroup(index);
            var measure = 0;
            foreach (var column in reader.Schema.Columns)
            {
                switch (column.Name)
                {
                    case "person_id":
                        Ids(group, column, ref smallestId, ref largestId);
                        break;
                    case "municipality_code" or "intervention" or "sex":
                        texts[column.Name] = Texts(group, column, texts.GetValueOrDefault(column.Name));
                        break;
                    case "treated":
                        treated += Flags(group, column);
                        break;
                    case "period":
                        lastPeriod = Math.Max(lastPeriod, Ints(group, column).Largest);
                        break;
                    case "birth_year":
                        var (sum, rows, _) = Ints(group, column);
                        (births, birthRows) = (births + sum, birthRows + rows);
                        break;
                    default:
                        var isDouble = column.PhysicalType == ParquetPhysicalType.Double;
                        sums[measure++] += isDouble ? Doubles(group, column) : Ints(group, column).Sum;
                        break;
                }
            }
        }

        return new ScanSums(reader.RowCount, smallestId, largestId, Text(texts["municipality_code"].Smallest),
            Text(texts["intervention"].Largest), treated, lastPeriod, (double)births / birthRows, Text(texts["sex"].Largest), sums);
    }

    private static string Text(byte[]? bytes) => Encoding.UTF8.GetString(bytes!);

    private void Ids(ParquetRowGroup group, ParquetColumn column, ref long smallest, ref long largest)
    {
        using var reader = group.Column<long>(column.Index);
        for (int count; (count = reader.Read(_longs, _present)) > 0;)
        {
            if (_present.AsSpan(0, count).Contains(false)) throw new InvalidDataException("An id is null.");
            var (low, high) = (new Vector<long>(smallest), new Vector<long>(largest));
            var vectors = MemoryMarshal.Cast<long, Vector<long>>(_longs.AsSpan(0, count));
            foreach (var ids in vectors) (low, high) = (Vector.Min(low, ids), Vector.Max(high, ids));
            for (var i = 0; i < Vector<long>.Count; i++) (smallest, largest) = (Math.Min(smallest, low[i]), Math.Max(largest, high[i]));
            foreach (var id in _longs.AsSpan(0, count)[(vectors.Length * Vector<long>.Count)..])
            {
                (smallest, largest) = (Math.Min(smallest, id), Math.Max(largest, id));
            }
        }
    }

    private long Flags(ParquetRowGroup group, ParquetColumn column)
    {
        using var reader = group.Column<bool>(column.Index);
        var found = 0L;
        for (int count; (count = reader.Read(_flags, _present)) > 0;) found += _flags.AsSpan(0, count).Count(true);
        return found;
    }

    private (long Sum, long Rows, int Largest) Ints(ParquetRowGroup group, ParquetColumn column)
    {
        using var reader = group.Column<int>(column.Index);
        var (sum, rows, largest) = (0L, 0L, Vector<int>.Zero);
        for (int count; (count = reader.Read(_ints, _present)) > 0;)
        {
            // A null's place holds 0, which no sum minds; the columns asked for their largest have none.
            rows += _present.AsSpan(0, count).Count(true);
            var vectors = MemoryMarshal.Cast<int, Vector<int>>(_ints.AsSpan(0, count));
            var total = Vector<long>.Zero;
            foreach (var values in vectors)
            {
                Vector.Widen(values, out var low, out var high);
                total += low + high;
                largest = Vector.Max(largest, values);
            }

            sum += Vector.Sum(total);
            foreach (var value in _ints.AsSpan(0, count)[(vectors.Length * Vector<int>.Count)..])
            {
                sum += value;
                largest = Vector.Max(largest, new Vector<int>(value));
            }
        }

        var most = 0;
        for (var i = 0; i < Vector<int>.Count; i++) most = Math.Max(most, largest[i]);
        return (sum, rows, most);
    }

    private double Doubles(ParquetRowGroup group, ParquetColumn column)
    {
        using var reader = group.Column<double>(column.Index);
        var sum = 0.0;
        for (int count; (count = reader.Read(_doubles, _present)) > 0;)
        {
            var vectors = MemoryMarshal.Cast<double, Vector<double>>(_doubles.AsSpan(0, count));
            var total = Vector<double>.Zero;
            foreach (var values in vectors) total += values;
            sum += Vector.Sum(total);
            foreach (var value in _doubles.AsSpan(0, count)[(vectors.Length * Vector<double>.Count)..]) sum += value;
        }

        return sum;
    }

    /// <summary>Compares dictionary entries that a row uses, not rows, where the file has a dictionary.</summary>
    private (byte[]? Smallest, byte[]? Largest) Texts(
        ParquetRowGroup group, ParquetColumn column, (byte[]? Smallest, byte[]? Largest) found)
    {
        using var reader = group.Bytes(column.Index);
        var used = Array.Empty<bool>();
        while (reader.Read(_batch, batchRows) > 0)
        {
            if (!_batch.HasDictionary)
            {
                for (var row = 0; row < _batch.Count; row++)
                {
                    if (!_batch.IsNull(row)) found = Wider(found, _batch[row]);
                }

                continue;
            }

            if (used.Length < _batch.DictionaryCount + 1) used = new bool[_batch.DictionaryCount + 1];
            foreach (var code in _batch.Codes) used[code + 1] = true;
            for (var code = 0; code < _batch.DictionaryCount; code++)
            {
                if (used[code + 1]) found = Wider(found, _batch.DictionaryValue(code));
            }
        }

        return found;
    }

    private static (byte[]? Smallest, byte[]? Largest) Wider((byte[]? Smallest, byte[]? Largest) found, ReadOnlySpan<byte> value)
    {
        var smallest = found.Smallest is { } low && value.SequenceCompareTo(low) >= 0 ? low : value.ToArray();
        var largest = found.Largest is { } high && value.SequenceCompareTo(high) <= 0 ? high : value.ToArray();
        return (smallest, largest);
    }
}
