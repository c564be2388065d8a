using SiOutcomeLab.Parquet.Tests.Files;

namespace SiOutcomeLab.Parquet.Tests.Reading;

public sealed class ParquetReaderTests
{
    [Fact]
    public void Open_OurFile_TellsSchemaRowsAndMetadata()
    {
        var columns = SampleColumns.All(25, optional: true, seed: 2);
        var options = new ParquetWriterOptions { KeyValueMetadata = [new("silab.project", "å"), new("empty", string.Empty)] };
        using var reader = ParquetReader.Open(new MemoryStream(TestFile.Write(columns, options, rowGroupRows: 10)));

        Assert.Equal(25, reader.RowCount);
        Assert.Equal(3, reader.RowGroupCount);
        Assert.Equal([10L, 10L, 5L], Enumerable.Range(0, 3).Select(group => reader.OpenRowGroup(group).RowCount));
        Assert.StartsWith("SiOutcomeLab version 0.", reader.CreatedBy, StringComparison.Ordinal);
        Assert.Equal("å", reader.KeyValueMetadata["silab.project"]);
        Assert.Equal(string.Empty, reader.KeyValueMetadata["empty"]);
        Assert.True(reader.Schema.TryFind("day", out var day));
        Assert.Equal((ParquetPhysicalType.Int32, ParquetLogicalType.Date, true), (day.PhysicalType, day.LogicalType, day.IsOptional));
        Assert.False(reader.Schema.TryFind("Day", out _));
        Assert.Equal(Enumerable.Range(0, columns.Length), reader.Schema.Columns.Select(column => column.Index));
    }

    [Theory]
    [InlineData(ParquetPhysicalType.Int32, ParquetLogicalType.Int8)]
    [InlineData(ParquetPhysicalType.Int32, ParquetLogicalType.UInt32)]
    [InlineData(ParquetPhysicalType.Int64, ParquetLogicalType.UInt64)]
    [InlineData(ParquetPhysicalType.Int64, ParquetLogicalType.TimestampNanos)]
    [InlineData(ParquetPhysicalType.Int64, ParquetLogicalType.TimeMicros)]
    [InlineData(ParquetPhysicalType.ByteArray, ParquetLogicalType.Json)]
    [InlineData(ParquetPhysicalType.FixedLenByteArray, ParquetLogicalType.Uuid, 16)]
    [InlineData(ParquetPhysicalType.FixedLenByteArray, ParquetLogicalType.Float16, 2)]
    [InlineData(ParquetPhysicalType.Int64, ParquetLogicalType.Decimal, 0, 18, 4)]
    [InlineData(ParquetPhysicalType.FixedLenByteArray, ParquetLogicalType.Decimal, 7, 15, 0)]
    public void Open_AnyLogicalType_IsAsWritten(
        ParquetPhysicalType type, ParquetLogicalType logical, int length = 0, int precision = 0, int scale = 0)
    {
        var spec = new ParquetColumnSpec("c", type, logical, true, length, precision, scale, IsUtc: false);
        using var reader = ParquetReader.Open(new MemoryStream(TestFile.Write([new TestColumn(spec, [null])])));
        var isTime = logical is ParquetLogicalType.TimestampNanos or ParquetLogicalType.TimeMicros;
        Assert.Equal(new ParquetColumn("c", 0, type, logical, true, length, precision, scale, IsUtc: !isTime), reader.Schema.Columns[0]);
    }

    [Fact]
    public void Column_AnotherType_FailsNamingColumnAndTypes()
    {
        using var reader = ParquetReader.Open(new MemoryStream(TestFile.Write([new TestColumn(ParquetColumnSpec.Of<int>("age"), [1])])));
        var group = reader.OpenRowGroup(0);

        var wide = Assert.Throws<ParquetFormatException>(() => group.Column<long>(0));
        var bytes = Assert.Throws<ParquetFormatException>(() => group.Bytes(0));

        Assert.Equal((ParquetErrorCode.TypeMismatch, "age", 0), (wide.Code, wide.Column, wide.RowGroup));
        Assert.Contains("Int32", bytes.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => group.Column<int>(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.OpenRowGroup(1));
    }

    [Fact]
    public void Open_Path_ReadsColumnsFromSeveralThreads()
    {
        var columns = SampleColumns.All(5000, optional: true, seed: 8);
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, TestFile.Write(columns, rowGroupRows: 700));
            using var reader = ParquetReader.Open(path);
            var expected = TestFile.Expected(columns);
            Parallel.For(0, 4, _ => Assert.Equal(expected, TestFile.Read(reader, 100)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Open_FailureOnPath_LetsTheFileGo()
    {
        var path = Path.GetTempFileName();
        Assert.Throws<ParquetFormatException>(() => ParquetReader.Open(path));
        File.Delete(path);
    }

    [Fact]
    public void Read_AfterDispose_IsMisuse()
    {
        using var reader = ParquetReader.Open(new MemoryStream(TestFile.Write([new TestColumn(ParquetColumnSpec.Of<int>("n"), [1])])));
        var column = reader.OpenRowGroup(0).Column<int>(0);
        column.Dispose();
        column.Dispose();
        Assert.Throws<ObjectDisposedException>(() => column.Read(new int[1], []));
    }

    [Fact]
    public void Read_HugeRowGroup_HoldsOnePageOnly()
    {
        var values = new long[400_000];
        var random = new Random(6);
        for (var i = 0; i < values.Length; i++) values[i] = random.NextInt64();
        using var stream = new MemoryStream();
        var options = new ParquetWriterOptions { PageBytes = 64 * 1024 };
        using (var writer = ParquetWriter.Create(stream, [ParquetColumnSpec.Of<long>("n")], options, leaveOpen: true))
        {
            writer.StartRowGroup().WriteColumn<long>(values);
            writer.Close();
        }

        using var reader = ParquetReader.Open(stream);
        using var column = reader.OpenRowGroup(0).Column<long>(0);
        var batch = new long[4096];
        var before = GC.GetAllocatedBytesForCurrentThread();
        var (isEqual, count) = (true, 0);
        for (int read; (read = column.Read(batch, [])) > 0; count += read)
        {
            isEqual &= batch.AsSpan(0, read).SequenceEqual(values.AsSpan(count, read));
        }


        Assert.Equal(values.Length, count);
        Assert.True(isEqual);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Message_HostileColumnName_IsCutAndCleaned()
    {
        var spec = ParquetColumnSpec.Of<int>("a\nb\u0007" + new string('x', 500));
        using var reader = ParquetReader.Open(new MemoryStream(TestFile.Write([new TestColumn(spec, [1])])));
        var error = Assert.Throws<ParquetFormatException>(() => reader.OpenRowGroup(0).Column<long>(0));
        Assert.Equal(spec.Name, error.Column);
        Assert.DoesNotContain('\n', error.Message);
        Assert.InRange(error.Message.Length, 1, 250);
    }
}
