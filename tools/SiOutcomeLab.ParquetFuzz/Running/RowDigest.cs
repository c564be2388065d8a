using System.Runtime.InteropServices;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.ParquetFuzz.Running;

/// <summary>A number that stands for all rows of a file: column names, nulls, values. Equal for every batch length.</summary>
internal sealed class RowDigest
{
    private const ulong Prime = 0x9E3779B97F4A7C15;

    private readonly BytesBatch _batch = new();
    private readonly bool[] _present = new bool[MaxBatch];
    private readonly long[] _values = new long[MaxBatch];
    private ulong _digest;

    /// <summary>Largest batch that may be asked for.</summary>
    public const int MaxBatch = 4096;

    /// <summary>Reads everything there is to read.</summary>
    /// <exception cref="ParquetFormatException">The file is refused.</exception>
    public ulong Of(byte[] file, int batchRows)
    {
        _digest = 1;
        using var reader = ParquetReader.Open(new MemoryStream(file, writable: false));
        for (var index = 0; index < reader.RowGroupCount; index++)
        {
            var group = reader.OpenRowGroup(index);
            foreach (var column in reader.Schema.Columns)
            {
                Add((ulong)column.PhysicalType + 100);
                switch (column.PhysicalType)
                {
                    case ParquetPhysicalType.Boolean:
                        Numbers<bool>(group, column, batchRows, value => value ? 1UL : 0);
                        break;
                    case ParquetPhysicalType.Int32:
                        Numbers<int>(group, column, batchRows, value => (ulong)value);
                        break;
                    case ParquetPhysicalType.Int64:
                        Numbers<long>(group, column, batchRows, value => (ulong)value);
                        break;
                    case ParquetPhysicalType.Float:
                        Numbers<float>(group, column, batchRows, value => BitConverter.SingleToUInt32Bits(value));
                        break;
                    case ParquetPhysicalType.Double:
                        Numbers<double>(group, column, batchRows, BitConverter.DoubleToUInt64Bits);
                        break;
                    default:
                        Texts(group, column, batchRows);
                        break;
                }
            }
        }

        return _digest;
    }

    private void Numbers<T>(ParquetRowGroup group, ParquetColumn column, int batchRows, Func<T, ulong> bits)
        where T : unmanaged
    {
        using var reader = group.Column<T>(column.Index);
        var values = MemoryMarshal.Cast<long, T>(_values.AsSpan())[..batchRows];
        for (int count; (count = reader.Read(values, _present.AsSpan(0, batchRows))) > 0;)
        {
            for (var i = 0; i < count; i++) Add(_present[i] ? bits(values[i]) : Prime);
        }
    }

    private void Texts(ParquetRowGroup group, ParquetColumn column, int batchRows)
    {
        using var reader = group.Bytes(column.Index);
        while (reader.Read(_batch, batchRows) > 0)
        {
            for (var row = 0; row < _batch.Count; row++)
            {
                if (_batch.IsNull(row))
                {
                    Add(Prime);
                    continue;
                }

                var value = _batch[row];
                Add((ulong)value.Length + 7);

                // Long values that a few bytes of the file stand for again and again are not worth the time of every byte.
                if (value.Length > 256) value = value[..256];
                foreach (var one in value) Add(one);
            }
        }
    }

    private void Add(ulong value) => _digest = (_digest ^ value) * Prime ^ (_digest >> 29);
}
