using System.Text;
using SiOutcomeLab.Parquet;
using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.ParquetFuzz.Making;

/// <summary>A column for every pair of type and encoding that the format has for flat files.</summary>
internal static class EveryEncoding
{
    private static readonly string[] Words =
        ["", "a", "Åmål", "Åmål kommun", "Örnsköldsvik", "Örnsköldsviks kommun", "日本", "𝄞", "x\0y"];

    private static readonly double[] Doubles =
        [0.0, -0.0, 1.5, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue];

    /// <summary>Makes the columns.</summary>
    /// <param name="rows">Rows of each.</param>
    /// <param name="isNull">Which rows are null.</param>
    /// <param name="seed">The same seed gives the same columns.</param>
    public static MadeColumn[] Columns(int rows, Func<int, bool> isNull, int seed)
    {
        var random = new Random(seed);
        var columns = new List<MadeColumn>();
        Add("bool", ParquetPhysicalType.Boolean, _ => random.Next(3) == 0, ParquetEncoding.Plain, ParquetEncoding.Rle);
        Add("int", ParquetPhysicalType.Int32, i => random.Next(5) == 0 ? random.Next(int.MinValue, int.MaxValue) : i / 3 * 11,
            ParquetEncoding.Plain, ParquetEncoding.RleDictionary, ParquetEncoding.DeltaBinaryPacked, ParquetEncoding.ByteStreamSplit);
        Add("long", ParquetPhysicalType.Int64,
            i => random.Next(9) == 0 ? random.NextInt64() - random.NextInt64() : 1_700_000_000_000L + (i * 1000L),
            ParquetEncoding.Plain, ParquetEncoding.PlainDictionary, ParquetEncoding.DeltaBinaryPacked, ParquetEncoding.ByteStreamSplit);
        Add("float", ParquetPhysicalType.Float, i => i % 3 == 0 ? (float)Doubles[random.Next(7)] : random.NextSingle(),
            ParquetEncoding.Plain, ParquetEncoding.RleDictionary, ParquetEncoding.ByteStreamSplit);
        Add("double", ParquetPhysicalType.Double, i => i % 3 == 0 ? Doubles[random.Next(7)] : random.NextDouble(), ParquetEncoding.Plain,
            ParquetEncoding.PlainDictionary, ParquetEncoding.ByteStreamSplit);
        Add("text", ParquetPhysicalType.ByteArray, _ => Encoding.UTF8.GetBytes(Words[random.Next(Words.Length)]), ParquetEncoding.Plain,
            ParquetEncoding.RleDictionary, ParquetEncoding.DeltaLengthByteArray, ParquetEncoding.DeltaByteArray);
        Add("half", ParquetPhysicalType.FixedLenByteArray, _ => Bytes(2), ParquetEncoding.Plain, ParquetEncoding.ByteStreamSplit);
        Add("fixed", ParquetPhysicalType.FixedLenByteArray, i => (byte[])[(byte)(i >> 8), .. Bytes(4)], ParquetEncoding.Plain,
            ParquetEncoding.RleDictionary, ParquetEncoding.DeltaByteArray, ParquetEncoding.ByteStreamSplit);
        Add("int96", ParquetPhysicalType.Int96, _ => Bytes(12), ParquetEncoding.Plain, ParquetEncoding.PlainDictionary);
        var deltas = columns.First(column => column.Name == "int DeltaBinaryPacked");
        columns.Add(deltas with { Name = "int wraps", Wraps = true, Blocks = (256, 2) });
        var coded = columns.Where(column => column.HasDictionary).ToArray();
        columns.AddRange(coded.Select(column => column with { Name = column.Name + " falls back", FallsBack = true }));
        return [.. columns];

        byte[] Bytes(int length)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            bytes[0] &= 3;
            return bytes;
        }

        void Add(string name, ParquetPhysicalType type, Func<int, object> value, params ParquetEncoding[] encodings)
        {
            var values = Enumerable.Range(0, rows).Select(row => isNull(row) ? null : value(row)).ToArray();
            var length = type == ParquetPhysicalType.FixedLenByteArray ? (name == "half" ? 2 : 5) : 0;
            foreach (var encoding in encodings)
            {
                columns.Add(new MadeColumn($"{name} {encoding}", type, values, encoding) { TypeLength = length, IsText = name == "text" });
            }
        }
    }
}
