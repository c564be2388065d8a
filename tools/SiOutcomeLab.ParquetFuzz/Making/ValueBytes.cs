using System.Numerics;
using SiOutcomeLab.Parquet;
using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.ParquetFuzz.Making;

/// <summary>A page's values in any flat encoding.</summary>
internal static class ValueBytes
{
    public static byte[] Encode(MadeColumn column, ParquetEncoding encoding, IReadOnlyList<object> values, IReadOnlyList<string> dictionary)
    {
        switch (encoding)
        {
            case ParquetEncoding.Plain:
                return PlainBytes.Encode(values, column.Type);
            case ParquetEncoding.PlainDictionary or ParquetEncoding.RleDictionary:
                var places = dictionary.Select((key, index) => (key, index)).ToDictionary(pair => pair.key, pair => (uint)pair.index);
                var width = 32 - BitOperations.LeadingZeroCount((uint)Math.Max(0, dictionary.Count - 1));
                return [(byte)width, .. HybridBytes.Encode([.. values.Select(value => places[Key(column, value)])], width)];
            case ParquetEncoding.Rle:
                var runs = HybridBytes.Encode([.. values.Select(value => (bool)value ? 1u : 0)], 1);
                return [.. PlainBytes.One(runs.Length, ParquetPhysicalType.Int32), .. runs];
            case ParquetEncoding.DeltaBinaryPacked:
                var (block, miniblocks) = column.Blocks;
                return values.Count == 0 ? [] : DeltaBytes.Integers([.. values.Select(Convert.ToInt64)], column.Wraps, block, miniblocks);
            case ParquetEncoding.DeltaLengthByteArray:
                return values.Count == 0 ? [] : DeltaBytes.Lengths([.. values.Cast<byte[]>()]);
            case ParquetEncoding.DeltaByteArray:
                return values.Count == 0 ? [] : DeltaBytes.Prefixes([.. values.Cast<byte[]>()]);
            case ParquetEncoding.ByteStreamSplit:
                return Split([.. values.Select(value => PlainBytes.One(value, column.Type))]);
            default:
                throw new ArgumentOutOfRangeException(nameof(encoding), encoding, "Not an encoding of values.");
        }
    }

    /// <summary>What tells values of a column apart.</summary>
    public static string Key(MadeColumn column, object value) => Convert.ToHexString(PlainBytes.One(value, column.Type));

    private static byte[] Split(byte[][] values) =>
        values.Length == 0 ? [] : [.. Enumerable.Range(0, values[0].Length).SelectMany(place => values.Select(value => value[place]))];
}
