using SiOutcomeLab.Parquet.Format;
using SiOutcomeLab.Parquet.Tests.Files;
using SiOutcomeLab.ParquetFuzz.Making;

namespace SiOutcomeLab.Parquet.Tests.Reading;

/// <summary>
/// Every flat encoding that no writer of ours has, made by slow code that shares nothing with the library, over patterns of nulls and
/// page, row group and batch lengths that share no factor.
/// </summary>
public sealed class EncodingReadTests
{
    private const int Rows = 343;

    public static TheoryData<int, bool> Shapes { get; } = new(
        from version in new[] { 1, 2 }
        from packedLevels in new[] { false, true }
        where version == 1 || !packedLevels
        select (version, packedLevels));

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Read_EveryEncodingAndNullPattern_CellsAreEqual(int version, bool packedLevels)
    {
        foreach (var nulls in NullPatterns.All)
        {
            MadeColumn[] columns =
                [.. EveryEncoding.Columns(Rows, nulls, seed: 3).Select(column => column with { HasPackedLevels = packedLevels })];
            var expected = columns.Select(column => column.Values.Select(Cell.Of).ToArray()).ToArray();
            foreach (var (pageRows, groupRows) in new[] { (Rows, Rows), (49, 121), (1, 64) })
            {
                var options = new MadeOptions { PageVersion = version, PageRows = pageRows, RowGroupRows = groupRows };
                var file = MadeFile.Write(columns, options);
                foreach (var batch in new[] { 1, 27, 4096 }) AssertEqual(columns, expected, TestFile.Read(file, batch));
            }
        }
    }

    [Fact]
    public void Read_RequiredColumnsOfEveryEncoding_CellsAreEqual()
    {
        var columns = EveryEncoding.Columns(Rows, _ => false, seed: 5).Select(column => column with { IsOptional = false }).ToArray();
        var expected = columns.Select(column => column.Values.Select(Cell.Of).ToArray()).ToArray();
        foreach (var codec in new[] { CompressionId.Uncompressed, CompressionId.Snappy, CompressionId.Gzip })
        {
            foreach (var version in new[] { 1, 2 })
            {
                var options = new MadeOptions { PageVersion = version, PageRows = 100, Codec = codec, HasExtras = true };
                var file = MadeFile.Write(columns, options);
                foreach (var batch in new[] { 7, 1000 }) AssertEqual(columns, expected, TestFile.Read(file, batch));
            }
        }
    }

    [Fact]
    public void Read_DeltaPrefixesThatExpandBeyondAPage_FailTyped()
    {
        var value = new byte[1000];
        var column = new MadeColumn(
            "c", ParquetPhysicalType.ByteArray, [.. Enumerable.Repeat(value, 1000)], ParquetEncoding.DeltaByteArray);
        var file = MadeFile.Write([column]);
        Assert.True(file.Length < 5000);
        var options = new ParquetReaderOptions { MaxPageBytes = 100_000 };

        var error = Assert.Throws<ParquetFormatException>(() => TestFile.Read(file, 10, options));

        Assert.Equal(ParquetErrorCode.LimitExceeded, error.Code);
        Assert.Equal(1000, TestFile.Read(file, 10)[0].Length);
    }

    [Fact]
    public void Read_DeltaPrefixLongerThanTheValueBefore_FailsTyped()
    {
        // The third value would begin with five bytes of the second, which has one; the first had ten.
        byte[] body = [.. DeltaBytes.Integers([0, 0, 5]), .. DeltaBytes.Integers([10, 1, 0]), .. "abcdefghijx"u8];
        var file = new ForgedFile { Rows = 3, Type = ParquetPhysicalType.ByteArray }
            .Data(body, 3, (int)ParquetEncoding.DeltaByteArray).Build();
        Assert.Equal(ParquetErrorCode.InvalidEncodedData, Assert.Throws<ParquetFormatException>(() => TestFile.Read(file)).Code);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void Read_DeltaValueOfAnotherLengthInAFixedColumn_FailsTyped(int length)
    {
        byte[] body = [.. DeltaBytes.Integers([0]), .. DeltaBytes.Integers([length]), .. new byte[length]];
        var file = new ForgedFile { Rows = 1, Type = ParquetPhysicalType.FixedLenByteArray, TypeLength = 4 }
            .Data(body, 1, (int)ParquetEncoding.DeltaByteArray).Build();
        Assert.Equal(ParquetErrorCode.InvalidEncodedData, Assert.Throws<ParquetFormatException>(() => TestFile.Read(file)).Code);
    }

    [Fact]
    public void Read_BytesAfterADeltaPagesLastValue_FailTyped()
    {
        byte[] integers = [.. DeltaBytes.Integers([1, 2]), 0];
        byte[] lengths = [.. DeltaBytes.Integers([1]), 65, 66];
        byte[] prefixes = [.. DeltaBytes.Integers([0]), .. lengths];
        var wrong = new[]
        {
            new ForgedFile { Rows = 2 }.Data(integers, 2, (int)ParquetEncoding.DeltaBinaryPacked),
            new ForgedFile { Rows = 1, Type = ParquetPhysicalType.ByteArray }.Data(lengths, 1, (int)ParquetEncoding.DeltaLengthByteArray),
            new ForgedFile { Rows = 1, Type = ParquetPhysicalType.ByteArray }.Data(prefixes, 1, (int)ParquetEncoding.DeltaByteArray),
        };
        Assert.All(wrong, file => Assert.Equal(
            ParquetErrorCode.InvalidEncodedData, Assert.Throws<ParquetFormatException>(() => TestFile.Read(file.Build())).Code));
    }

    [Fact]
    public void Read_DeltaTextThatIsNotUtf8_FailsTyped()
    {
        foreach (var encoding in new[] { ParquetEncoding.DeltaLengthByteArray, ParquetEncoding.DeltaByteArray })
        {
            // "å" cut between two values: together valid, each alone not.
            object?[] halves = [new byte[] { 0xC3 }, new byte[] { 0xA5 }];
            var column = new MadeColumn("c", ParquetPhysicalType.ByteArray, halves, encoding) { IsText = true };
            var error = Assert.Throws<ParquetFormatException>(() => TestFile.Read(MadeFile.Write([column])));
            Assert.Equal((ParquetErrorCode.InvalidUtf8, "c"), (error.Code, error.Column));
        }
    }

    [Fact]
    public void Read_EncodingThatDoesNotSuitTheType_FailsTypedWithItsName()
    {
        foreach (var encoding in new[] { ParquetEncoding.DeltaBinaryPacked, ParquetEncoding.BitPacked, ParquetEncoding.Rle })
        {
            var file = new ForgedFile { Rows = 1, Type = ParquetPhysicalType.Double }.Data(new byte[8], 1, (int)encoding).Build();
            var error = Assert.Throws<ParquetFormatException>(() => TestFile.Read(file));
            Assert.Equal((ParquetErrorCode.UnsupportedEncoding, "c", 0, 0), (error.Code, error.Column, error.RowGroup, error.Page));
            Assert.Contains($"{encoding}", error.Message, StringComparison.Ordinal);
        }
    }

    private static void AssertEqual(MadeColumn[] columns, string?[][] expected, string?[][] actual)
    {
        for (var i = 0; i < columns.Length; i++) Assert.True(expected[i].AsSpan().SequenceEqual(actual[i]), columns[i].Name);
    }
}
