using SiOutcomeLab.Parquet.Format;
using SiOutcomeLab.Parquet.Tests.Compression;
using SiOutcomeLab.Parquet.Tests.Files;
using SiOutcomeLab.ParquetFuzz.Making;
using SiOutcomeLab.ParquetFuzz.Mutating;

namespace SiOutcomeLab.Parquet.Tests.Reading;

/// <summary>
/// The faults of apache/parquet-testing's <c>bad_data</c> and corrupt-checksum files, and of published decompression bombs, built again
/// from their descriptions (the files themselves are not here). Some mainstream readers accept several of them; none may pass here.
/// </summary>
public sealed class KnownBadFileTests
{
    private const long MemoryLimit = 64L * 1024 * 1024;

    [Fact]
    public void Parquet1481_SchemaTypeIsMinusSeven() => Refused(
        Changed(model => model.Footer.Field(2)!.Children[1].Node.Field(1)!.Number = -7), ParquetErrorCode.InvalidMetadata, column: "c");

    [Fact]
    public void ArrowRs6229DictHeader_NegativeNumberOfEntries() => Refused(
        Changed(model => model.Chunks[0].Pages[0].Body!.Field(1)!.Number = -9), ParquetErrorCode.InvalidMetadata, column: "c", page: 0);

    [Fact]
    public void ArrowRs6229Levels_FewerLevelsThanValues() => Refused(
        new ForgedFile { Rows = 9, IsOptional = true }.Data([2, 0, 0, 0, 3, 0xFF, .. new byte[36]], 9).Build(),
        ParquetErrorCode.InvalidEncodedData, column: "c", page: 0);

    [Fact]
    public void ArrowRs11261_FixedLengthDictionaryWrittenWithLengths() => Refused(
        new ForgedFile { Rows = 1, Type = ParquetPhysicalType.FixedLenByteArray, TypeLength = 4 }
            .Dictionary([4, 0, 0, 0, 65, 66, 67, 68], 1).Data([0, 2], 1, encoding: 8).Build(),
        ParquetErrorCode.InvalidEncodedData, column: "c", page: 0);

    [Fact]
    public void Arrow41317_ColumnsOfDifferentLengths() => Refused(
        Changed(model => model.Chunks[0].Metadata.Field(5)!.Number = 3), ParquetErrorCode.InconsistentLayout, column: "c");

    [Fact]
    public void Arrow41321_DecodedLevelsFewerThanThePageSays() => Refused(
        new ForgedFile { Rows = 100, IsOptional = true }.Data([2, 0, 0, 0, 20, 1, .. new byte[400]], 100).Build(),
        ParquetErrorCode.InvalidEncodedData, column: "c", page: 0);

    [Theory]
    [InlineData(33)]
    [InlineData(254)]
    public void Arrow41321_BitWidthOver32(byte width) => Refused(
        new ForgedFile { Rows = 1 }.Dictionary([7, 0, 0, 0], 1).Data([width, 2, 0, 0, 0, 0, 0], 1, encoding: 8).Build(),
        ParquetErrorCode.InvalidEncodedData, column: "c", page: 1);

    [Fact]
    public void Arrow43605_CodesOfWidthZero_AreTheFirstEntryAndNothingElse()
    {
        // Read as what it says: every row is the first entry. A run of such codes has no bytes for its value.
        var file = new ForgedFile { Rows = 1000 }.Dictionary([7, 0, 0, 0, 8, 0, 0, 0], 2).Data([0, 0xD0, 0x0F], 1000, encoding: 8).Build();
        Assert.Equal(Enumerable.Repeat("7", 1000), TestFile.Read(file)[0].AsEnumerable());
        Refused(new ForgedFile { Rows = 1000 }.Dictionary([], 0).Data([0, 0xD0, 0x0F], 1000, encoding: 8).Build(),
            ParquetErrorCode.InvalidEncodedData, column: "c", page: 1);
    }

    [Fact]
    public void Arrow47662_RequiredColumnWithLevelsAndNulls()
    {
        object?[] values = [new byte[4], null, new byte[4]];
        var column = new MadeColumn("c", ParquetPhysicalType.FixedLenByteArray, values, ParquetEncoding.Plain) { TypeLength = 4 };
        var model = FileModel.Parse(MadeFile.Write([column]));
        model.Footer.Field(2)!.Children[1].Node.Field(3)!.Number = 0;
        Refused(model.Build(), ParquetErrorCode.InvalidEncodedData, column: "c", page: 0);
    }

    [Fact]
    public void NationDictMalformed_CodesCutShortWithinTheirLastRun()
    {
        // 25 codes of 5 bits in a packed run of 32: the bytes of the last seven, which nobody needs, are missing.
        var codes = HybridBytes.Encode([.. Enumerable.Range(0, 25).Select(i => (uint)i)], 5);
        var entries = Enumerable.Range(0, 25).SelectMany(i => new byte[] { 1, 0, 0, 0, (byte)(65 + i) }).ToArray();
        ForgedFile File() => new ForgedFile { Rows = 25, Type = ParquetPhysicalType.ByteArray, IsText = true }.Dictionary(entries, 25);
        Assert.Equal(25, TestFile.Read(File().Data([5, .. codes], 25, encoding: 8).Build())[0].Length);
        Refused(File().Data([5, .. codes[..^1]], 25, encoding: 8).Build(), ParquetErrorCode.InvalidEncodedData, column: "c", page: 1);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    [InlineData(2, 1)]
    public void CorruptChecksum_AnyPageOfEitherVersion(int version, int page)
    {
        var model = FileModel.Parse(MadeFile.Write(
            [new MadeColumn("c", ParquetPhysicalType.Int32, [1, 2, 1, 2], ParquetEncoding.RleDictionary)],
            new MadeOptions { PageVersion = version }));
        model.Chunks[0].Pages[page].Header.Field(4)!.Number ^= 1;
        Refused(model.Build(), ParquetErrorCode.ChecksumMismatch, column: "c", page: page);
    }

    [Theory]
    [InlineData(0x7FFFFFFF)]
    [InlineData(0xFFFFFFFF)]
    public void FooterLengthBeyondTheFile(uint length) =>
        Refused(Sound().Build(footerLength: length), ParquetErrorCode.Truncated);

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void FooterLengthOffByOne(int by)
    {
        var file = Sound().Build();
        Refused(Sound().Build(footerLength: (uint)(BitConverter.ToInt32(file, file.Length - 8) + by)));
    }

    [Fact]
    public void ListSizeBombInTwentyOneBytes() => Refused(ForgedFile.Frame([], Convert.FromHexString("15022cfcffffff0f")));

    [Fact]
    public void HonestHalfGigabyteOfZerosInHalfAMegabyte_IsRefusedUnread()
    {
        // Eight pages of 64 MiB: each small enough, together 1028 times what was sent.
        var page = GzipTests.Zip(new byte[64 * 1024 * 1024]);
        var file = new ForgedFile { Rows = 8 * 16_777_216, Codec = 2 };
        for (var i = 0; i < 8; i++) file.Data(page, 16_777_216, uncompressed: 64 * 1024 * 1024);
        Refused(file.Build(), ParquetErrorCode.LimitExceeded);
    }

    [Fact]
    public void PageOfHalfAGigabyte_IsRefusedByItsHeader() => Refused(
        new ForgedFile { Rows = 1, UncompressedBytes = 100_000_000 }.Data([7, 0, 0, 0], 1, uncompressed: 536_870_912).Build(),
        ParquetErrorCode.LimitExceeded, column: "c", page: 0);

    [Fact]
    public void PagesThatInflateToMoreThanTheirChunkSays_AreRefusedAtTheFirst()
    {
        // The file's budget is held against what chunks say, so no page may inflate beyond it, not even to be refused afterwards.
        var page = GzipTests.Zip(new byte[200_000]);
        var file = new ForgedFile { Rows = 100_000, Codec = 2, UncompressedBytes = 1000 }
            .Data(page, 50_000, uncompressed: 200_000).Data(page, 50_000, uncompressed: 200_000).Build();
        Refused(file, ParquetErrorCode.InconsistentLayout, column: "c", page: 0);
    }

    [Fact]
    public void NestedColumn_IsRefusedByItsName()
    {
        var nested = Changed(model =>
        {
            var column = model.Footer.Field(2)!.Children[1].Node;
            column.Field(3)!.Number = 2;
        });
        Refused(nested, ParquetErrorCode.UnsupportedSchema, column: "c");
    }

    private static FileModel Sound() => FileModel.Parse(MadeFile.Write(
        [new MadeColumn("c", ParquetPhysicalType.Int32, [1, 2, 1, 2], ParquetEncoding.RleDictionary)]));

    private static byte[] Changed(Action<FileModel> change)
    {
        var model = Sound();
        Assert.Equal(["1", "2", "1", "2"], TestFile.Read(model.Build())[0].AsEnumerable());
        change(model);
        return model.Build();
    }

    private static void Refused(byte[] file, ParquetErrorCode? code = null, string? column = null, int? page = null)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<ParquetFormatException>(() => TestFile.Read(file, 100));
        if (code is not null) Assert.Equal(code, error.Code);
        Assert.Equal((column, page), (error.Column, error.Page));
        Assert.NotNull(error.ByteOffset);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MemoryLimit);
    }
}
