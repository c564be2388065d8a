using SiOutcomeLab.Parquet.Tests.Files;

namespace SiOutcomeLab.Parquet.Tests.Writing;

public sealed class ColumnEncodingTests
{
    public static TheoryData<ParquetColumnEncoding, int, bool> Variants { get; } = new(
        from encoding in Enum.GetValues<ParquetColumnEncoding>()
        from version in new[] { 1, 2 }
        from optional in new[] { false, true }
        select (encoding, version, optional));

    /// <summary>The columns that can be written so, each with the choice made; the same list serves the other readers' tests.</summary>
    internal static TestColumn[] Suiting(IEnumerable<TestColumn> columns, ParquetColumnEncoding encoding) =>
        [
            .. columns.Select(column => column with { Spec = column.Spec with { Encoding = encoding } })
                .Where(column => column.Spec.Fault() is null),
        ];

    [Theory]
    [MemberData(nameof(Variants))]
    public void Write_AnyEncoding_ReadsBackEqual(ParquetColumnEncoding encoding, int version, bool optional)
    {
        foreach (var rows in new[] { 0, 1, 2, 3000 })
        {
            var columns = Suiting(SampleColumns.All(rows, optional, seed: 23), encoding);
            foreach (var page in new[] { 90, 4000, 1 << 20 })
            {
                var options = new ParquetWriterOptions { PageVersion = version, PageBytes = page };
                var file = TestFile.Write(columns, options, rowGroupRows: 1700);
                Assert.Equal(TestFile.Expected(columns), TestFile.Read(file, 997));
            }
        }
    }

    [Theory]
    [InlineData(ParquetColumnEncoding.Plain, 15)]
    [InlineData(ParquetColumnEncoding.DeltaBinaryPacked, 6)]
    [InlineData(ParquetColumnEncoding.DeltaLengthByteArray, 4)]
    [InlineData(ParquetColumnEncoding.DeltaByteArray, 5)]
    [InlineData(ParquetColumnEncoding.ByteStreamSplit, 10)]
    [InlineData(ParquetColumnEncoding.Rle, 1)]
    public void Create_EncodingOfEveryType_OnlyWhereTheFormatAllows(ParquetColumnEncoding encoding, int allowed)
    {
        var columns = SampleColumns.All(5, optional: false, seed: 1);
        Assert.Equal(allowed, Suiting(columns, encoding).Length);
        var specs = columns.Select(column => column.Spec with { Encoding = encoding });
        foreach (var column in specs.Where(spec => spec.Fault() is not null))
        {
            var error = Assert.Throws<ArgumentException>(() => ParquetWriter.Create(new MemoryStream(), [column]));
            Assert.Contains(encoding.ToString(), error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Write_DictionaryFullInMidChunk_GoesOnPlainFromThere(int version)
    {
        // Twenty of each at first, so that codes pay; then only new ones.
        const int repeated = 4000, all = 9000;
        object?[] Values(Func<int, object> of) =>
            [.. Enumerable.Range(0, all).Select(i => i % 7 == 3 ? null : of(i < repeated ? i % 200 : i))];
        TestColumn[] columns =
        [
            new(ParquetColumnSpec.Text("t", optional: true), Values(i => $"värde {i}")),
            new(ParquetColumnSpec.Of<long>("n", optional: true), Values(i => (long)i << 20)),
            new(ParquetColumnSpec.FixedBytes("f", 8, optional: true), Values(BytesOf)),
        ];
        var options = new ParquetWriterOptions { PageVersion = version, MaxDictionaryBytes = 6000, PageBytes = 2000 };
        var file = TestFile.Write(columns, options);
        Assert.Equal(TestFile.Expected(columns), TestFile.Read(file, 1023));

        using var reader = ParquetReader.Open(new MemoryStream(file));
        foreach (var index in new[] { 0, 2 })
        {
            using var column = reader.OpenRowGroup(0).Bytes(index);
            var batch = new BytesBatch();
            column.Read(batch, 1000);
            Assert.True(batch.HasDictionary);
            while (column.Read(batch, 1000) > 0 && batch.HasDictionary) { }

            Assert.False(batch.HasDictionary);
        }

        // As a whole plain it would take what the coded part saves.
        var plain = TestFile.Write(columns, options with { UseDictionary = false, Codec = ParquetCodec.Uncompressed });
        var mixed = TestFile.Write(columns, options with { Codec = ParquetCodec.Uncompressed });
        Assert.True(mixed.Length < plain.Length - (repeated * 10), $"{mixed.Length} bytes, plain {plain.Length}");
    }

    [Fact]
    public void Write_ValuesThatHardlyRepeat_AreNotCoded()
    {
        var random = new Random(8);
        object?[] values = [.. Enumerable.Range(0, 40_000).Select(_ => (object?)random.NextDouble())];
        TestColumn[] columns = [new(ParquetColumnSpec.Of<double>("d"), values)];
        var options = new ParquetWriterOptions { Codec = ParquetCodec.Uncompressed };
        Assert.Equal(
            TestFile.Write(columns, options with { UseDictionary = false }).Length,
            TestFile.Write(columns, options).Length);
    }

    [Fact]
    public void WriteFixedBytes_WithAndWithoutNulls_EqualsRowByRow()
    {
        var random = new Random(4);
        var values = new byte[32 * 500];
        random.NextBytes(values.AsSpan(0, 32 * 300));
        bool[] present = [.. Enumerable.Range(0, 500).Select(i => i % 5 != 2)];
        var spec = ParquetColumnSpec.FixedBytes("person", 32, optional: true);
        byte[]?[] rows = [.. Enumerable.Range(0, 500).Select(i => present[i] ? values[(i * 32)..((i + 1) * 32)] : null)];
        Assert.Equal(Write(group => group.WriteBytes(rows)), Write(group => group.WriteFixedBytes(values, present)));
        Assert.Throws<ArgumentException>(() => Write(group => group.WriteFixedBytes(values.AsSpan(1))));
        Assert.Throws<ArgumentException>(() => Write(group => group.WriteFixedBytes(values, present.AsSpan(1))));

        byte[] Write(Action<ParquetRowGroupWriter> write)
        {
            using var stream = new MemoryStream();
            using var writer = ParquetWriter.Create(stream, [spec], leaveOpen: true);
            write(writer.StartRowGroup());
            writer.Close();
            return stream.ToArray();
        }
    }

    private static byte[] BytesOf(int number) => [.. BitConverter.GetBytes(number * 7919), .. BitConverter.GetBytes(~number)];
}
