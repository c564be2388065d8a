namespace SiOutcomeLab.Parquet.Tests.Files;

/// <summary>
/// Columns of every type with the values that go wrong first: extremes, NaN, infinities, negative zero, empty and Swedish text.
/// </summary>
internal static class SampleColumns
{
    private static readonly string[] Words = ["", "a", "Åmål", "Örnsköldsvik", "särskild undervisning", "日本", "𝄞", "x\0y"];
    private static readonly double[] Doubles = [0.0, -0.0, 1.5, double.NaN, double.PositiveInfinity, double.NegativeInfinity,
        double.Epsilon, double.MaxValue];
    private static readonly int[] Dates = [0, -1, 20_000, -719_162, 2_932_896];

    /// <summary>One column of each type.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="optional">Whether columns may be null; then about a third is, in runs and singly.</param>
    /// <param name="seed">The same seed gives the same columns.</param>
    public static TestColumn[] All(int rows, bool optional, int seed)
    {
        var random = new Random(seed);
        return
        [
            Make("flag", ParquetPhysicalType.Boolean, ParquetLogicalType.None, _ => random.Next(2) == 0),
            Make("few", ParquetPhysicalType.Int32, ParquetLogicalType.None, _ => random.Next(7) - 3),
            Make("many", ParquetPhysicalType.Int32, ParquetLogicalType.None, i =>
                i switch { 0 => int.MinValue, 1 => int.MaxValue, _ => random.Next() }),
            Make("day", ParquetPhysicalType.Int32, ParquetLogicalType.Date, _ => Dates[random.Next(Dates.Length)]),
            Make("long", ParquetPhysicalType.Int64, ParquetLogicalType.None, i =>
                i switch { 0 => long.MinValue, 1 => long.MaxValue, _ => random.NextInt64() }),
            Make("sorted", ParquetPhysicalType.Int64, ParquetLogicalType.None, i => (long)i / 11),
            Make("at", ParquetPhysicalType.Int64, ParquetLogicalType.TimestampMicros, i => 1_700_000_000_000_000L + (i * 1_000_000L)),
            Make("single", ParquetPhysicalType.Float, ParquetLogicalType.None, _ => (float)Doubles[random.Next(Doubles.Length)]),
            Make("special", ParquetPhysicalType.Double, ParquetLogicalType.None, _ => Doubles[random.Next(Doubles.Length)]),
            Make("noise", ParquetPhysicalType.Double, ParquetLogicalType.None, _ => random.NextDouble()),
            Make("word", ParquetPhysicalType.ByteArray, ParquetLogicalType.String, _ => Words[random.Next(Words.Length)]),
            Make("unique", ParquetPhysicalType.ByteArray, ParquetLogicalType.String, i => $"åäö-{i}-{random.Next()}"),
            Make("raw", ParquetPhysicalType.ByteArray, ParquetLogicalType.None, _ => RandomBytes(random, random.Next(40))),
            Make("fixed", ParquetPhysicalType.FixedLenByteArray, ParquetLogicalType.None, _ => RandomBytes(random, 5), 5),
            Make("constant", ParquetPhysicalType.ByteArray, ParquetLogicalType.String, _ => "0180"),
        ];

        TestColumn Make(string name, ParquetPhysicalType type, ParquetLogicalType logical, Func<int, object> value, int length = 0)
        {
            var values = new object?[rows];
            var left = 0;
            var isNull = false;
            for (var i = 0; i < rows; i++)
            {
                if (left-- <= 0)
                {
                    isNull = optional && random.Next(3) == 0;
                    left = random.Next(2) == 0 ? 0 : random.Next(40);
                }

                values[i] = isNull ? null : value(i);
            }

            return new TestColumn(new ParquetColumnSpec(name, type, logical, optional, length), values);
        }
    }

    private static byte[] RandomBytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
