using System.Text;
using SiOutcomeLab.Parquet.Tests.Files;

namespace SiOutcomeLab.Parquet.Tests.Writing;

public sealed class ParquetWriterTests
{
    [Theory]
    [InlineData(ParquetCodec.Uncompressed)]
    [InlineData(ParquetCodec.Snappy)]
    [InlineData(ParquetCodec.Gzip)]
    [InlineData(ParquetCodec.Brotli)]
    [InlineData(ParquetCodec.Lz4Raw)]
    public void Write_Twice_GivesTheSameBytes(ParquetCodec codec)
    {
        var options = new ParquetWriterOptions { Codec = codec };
        Assert.Equal(
            TestFile.Write(SampleColumns.All(2000, optional: true, seed: 3), options, 700),
            TestFile.Write(SampleColumns.All(2000, optional: true, seed: 3), options, 700));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Write_HardlyAnyRows_ReadsBackEqual(int rows)
    {
        foreach (var version in new[] { 1, 2 })
        {
            var columns = SampleColumns.All(rows, optional: true, seed: 4);
            Assert.Equal(TestFile.Expected(columns),
                TestFile.Read(TestFile.Write(columns, new ParquetWriterOptions { PageVersion = version })));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Write_AllNull_ReadsBackEqual(int version)
    {
        var columns = SampleColumns.All(1000, optional: true, seed: 4).Select(column =>
            column with { Values = new object?[1000] }).ToArray();
        var file = TestFile.Write(columns, new ParquetWriterOptions { PageVersion = version, PageBytes = 50 }, 300);
        Assert.Equal(TestFile.Expected(columns), TestFile.Read(file, 77));
    }

    [Fact]
    public void Write_EmptyRowGroupBetweenOthers_ReadsBackEqual()
    {
        using var stream = new MemoryStream();
        using (var writer = ParquetWriter.Create(stream, [ParquetColumnSpec.Of<int>("n"), ParquetColumnSpec.Text("t")], leaveOpen: true))
        {
            foreach (var rows in new[] { 2, 0, 1 })
            {
                var group = writer.StartRowGroup();
                group.WriteColumn<int>(new int[rows]);
                group.WriteStrings(Enumerable.Repeat("x", rows).ToArray());
            }

            writer.Close();
        }

        Assert.Equal([["0", "0", "0"], ["x:78", "x:78", "x:78"]], TestFile.Read(stream.ToArray()));
    }

    [Fact]
    public void Write_DictionaryOverItsLimit_FallsBackToPlain()
    {
        object?[] words = [.. Enumerable.Range(0, 5000).Select(i => $"word {i % 1000}")];
        object?[] numbers = [.. Enumerable.Range(0, 5000).Select(i => (object?)(long)(i % 1000))];
        TestColumn[] columns = [new(ParquetColumnSpec.Text("t"), words), new(ParquetColumnSpec.Of<long>("n"), numbers)];
        foreach (var limit in new[] { 0, 1, 2000, 20_000 })
        {
            var file = TestFile.Write(columns, new ParquetWriterOptions { MaxDictionaryBytes = limit });
            Assert.Equal(TestFile.Expected(columns), TestFile.Read(file));
            using var reader = ParquetReader.Open(new MemoryStream(file));
            using var column = reader.OpenRowGroup(0).Bytes(0);
            var batch = new BytesBatch();
            column.Read(batch, 10);
            Assert.Equal(limit == 20_000, batch.HasDictionary);
        }
    }

    [Fact]
    public void WriteStrings_Codes_LeavesUnusedEntriesOut()
    {
        var file = Write(ParquetColumnSpec.Text("t", optional: true), group =>
            group.WriteStrings([2, -1, 2, 0, 2, 2, 2, 2, 2, 2], ["noll", "hemlig", "två"]));
        Assert.Equal(-1, file.AsSpan().IndexOf("hemlig"u8));
        Assert.Equal([Cell.Of("två"), null, Cell.Of("två"), Cell.Of("noll")], TestFile.Read(file)[0].Take(4));
    }

    [Fact]
    public void WriteBatch_BatchesOfAnotherFile_CopiesThem()
    {
        var columns = SampleColumns.All(900, optional: true, seed: 9).Where(column =>
            column.Spec.Name is "word" or "unique" or "raw" or "fixed").ToArray();
        var source = TestFile.Write(columns);
        using var reader = ParquetReader.Open(new MemoryStream(source));
        using var stream = new MemoryStream();
        using (var writer = ParquetWriter.Create(stream, [.. columns.Select(column => column.Spec)], leaveOpen: true))
        {
            var group = writer.StartRowGroup();
            var batch = new BytesBatch();
            for (var i = 0; i < columns.Length; i++)
            {
                using var column = reader.OpenRowGroup(0).Bytes(i);
                column.Read(batch, 900);
                group.WriteBatch(batch);
            }

            writer.Close();
        }

        Assert.Equal(source, stream.ToArray());
    }

    [Fact]
    public void Write_ByDefault_PutsNoValueIntoTheFooter()
    {
        const string secret = "198001019999";
        var options = new ParquetWriterOptions { WriteNullCounts = true, Codec = ParquetCodec.Uncompressed };
        var file = TestFile.Write([new TestColumn(ParquetColumnSpec.Text("t"), [secret, secret])], options);
        var footer = file.AsSpan(file.Length - 8 - BitConverter.ToInt32(file, file.Length - 8));
        Assert.True(file.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) > 0);
        Assert.Equal(-1, footer.IndexOf(Encoding.UTF8.GetBytes(secret)));
    }

    [Fact]
    public void Dispose_WithoutClose_LeavesAFileThatDoesNotOpen()
    {
        using var stream = new MemoryStream();
        using (var writer = ParquetWriter.Create(stream, [ParquetColumnSpec.Of<int>("n")], leaveOpen: true))
        {
            writer.StartRowGroup().WriteColumn<int>([1, 2]);
        }

        Assert.Throws<ParquetFormatException>(() => ParquetReader.Open(stream));
    }

    [Fact]
    public void Write_Misuse_IsRefusedNamingTheColumn()
    {
        var numbers = ParquetColumnSpec.Of<int>("age");
        var text = ParquetColumnSpec.Text("code");
        Refuses("age", numbers, group => group.WriteColumn<long>([1]));
        Refuses("age", numbers, group => group.WriteStrings(["1"]));
        Refuses("age", numbers, group => group.WriteColumn<int>([1], [false]));
        Refuses("age", numbers, group => group.WriteColumn<int>([1], [true, true]));
        Refuses("code", text, group => group.WriteColumn<int>([1]));
        Refuses("code", text, group => group.WriteStrings([null]));
        Refuses("code", text, group => group.WriteStrings(["\ud800"]));
        Refuses("code", text, group => group.WriteStrings([1], ["only"]));
        Refuses("code", text, group => group.WriteStrings([-2], ["only"]));
        Refuses("f", new ParquetColumnSpec("f", ParquetPhysicalType.FixedLenByteArray, ParquetLogicalType.None, false, 4), group =>
            group.WriteBytes([new byte[3]]));
    }

    [Fact]
    public void Write_OutOfOrder_IsRefused()
    {
        using var writer = ParquetWriter.Create(new MemoryStream(), [ParquetColumnSpec.Of<int>("a"), ParquetColumnSpec.Of<int>("b")]);
        var group = writer.StartRowGroup();
        group.WriteColumn<int>([1, 2]);
        Assert.Throws<ArgumentException>(() => group.WriteColumn<int>([1]));
        Assert.Throws<InvalidOperationException>(() => writer.StartRowGroup());
        Assert.Throws<InvalidOperationException>(writer.Close);
        group.WriteColumn<int>([3, 4]);
        Assert.Throws<InvalidOperationException>(() => group.WriteColumn<int>([1, 2]));
        writer.Close();
        writer.Close();
        Assert.Throws<InvalidOperationException>(() => writer.StartRowGroup());
    }

    public static TheoryData<ParquetColumnSpec> WrongSpecs { get; } = new(
        ParquetColumnSpec.Text(string.Empty),
        new ParquetColumnSpec("c", ParquetPhysicalType.Int96, ParquetLogicalType.None, false),
        new ParquetColumnSpec("c", ParquetPhysicalType.Double, ParquetLogicalType.Date, false),
        new ParquetColumnSpec("c", ParquetPhysicalType.Int32, ParquetLogicalType.String, false),
        new ParquetColumnSpec("c", ParquetPhysicalType.FixedLenByteArray, ParquetLogicalType.None, false),
        new ParquetColumnSpec("c", ParquetPhysicalType.Int32, ParquetLogicalType.None, false, TypeLength: 4),
        new ParquetColumnSpec("c", ParquetPhysicalType.Int32, ParquetLogicalType.Decimal, false),
        new ParquetColumnSpec("c", ParquetPhysicalType.Int32, ParquetLogicalType.Decimal, false, Precision: 3, Scale: 4));

    [Theory]
    [MemberData(nameof(WrongSpecs))]
    public void Create_WrongColumn_IsRefused(ParquetColumnSpec spec) =>
        Assert.Throws<ArgumentException>(() => ParquetWriter.Create(new MemoryStream(), [spec]));

    [Fact]
    public void Create_WrongOptionsOrNames_IsRefused()
    {
        var column = ParquetColumnSpec.Of<int>("n");
        Assert.Throws<ArgumentException>(() => ParquetWriter.Create(new MemoryStream(), [column, column]));
        Assert.Throws<ArgumentException>(() => ParquetWriter.Create(new MemoryStream(), []));
        Assert.Throws<ArgumentException>(() =>
            ParquetWriter.Create(new MemoryStream(), [column], new ParquetWriterOptions { PageVersion = 3 }));
        Assert.Throws<ArgumentException>(() =>
            ParquetWriter.Create(new MemoryStream(), [column], new ParquetWriterOptions { Codec = (ParquetCodec)8 }));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            ParquetWriter.Create(new MemoryStream(), [column], new ParquetWriterOptions { PageBytes = 0 }));
        Assert.Throws<ArgumentException>(() => ParquetColumnSpec.Of<short>("n"));
    }

    private static byte[] Write(ParquetColumnSpec spec, Action<ParquetRowGroupWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = ParquetWriter.Create(stream, [spec], leaveOpen: true))
        {
            write(writer.StartRowGroup());
            writer.Close();
        }

        return stream.ToArray();
    }

    private static void Refuses(string column, ParquetColumnSpec spec, Action<ParquetRowGroupWriter> write) =>
        Assert.Contains($"'{column}'", Assert.ThrowsAny<ArgumentException>(() => Write(spec, write)).Message, StringComparison.Ordinal);
}
