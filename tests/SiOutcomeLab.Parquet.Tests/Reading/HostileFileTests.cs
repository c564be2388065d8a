using SiOutcomeLab.Parquet.Format;
using SiOutcomeLab.Parquet.Tests.Compression;
using SiOutcomeLab.Parquet.Tests.Files;

namespace SiOutcomeLab.Parquet.Tests.Reading;

/// <summary>Files made to make readers allocate, loop or believe. Each must fail typed, with little memory.</summary>
public sealed class HostileFileTests
{
    private const long MemoryLimit = 64L * 1024 * 1024;

    private static readonly byte[] OneRow = [7, 0, 0, 0];

    [Theory]
    [InlineData(0x7FFFFFFF)]
    [InlineData(0xFFFFFFFF)]
    [InlineData(60)]
    public void Open_FooterLongerThanFile_FailsTyped(uint length) =>
        Fails(ForgedFile.Frame([], new byte[40], length), ParquetErrorCode.Truncated);

    [Fact]
    public void Open_FooterOverTheLimit_FailsBeforeReadingIt()
    {
        var file = ForgedFile.Frame([], new byte[2000]);
        Fails(file, ParquetErrorCode.LimitExceeded, new ParquetReaderOptions { MaxFooterBytes = 1999 });
    }

    [Fact]
    public void Open_FooterShortOrLongByOneByte_FailsTyped()
    {
        var good = new ForgedFile { Rows = 1 }.Data(OneRow, 1).Build();
        Assert.Equal("7", Assert.Single(TestFile.Read(good)[0]));
        foreach (var change in new[] { -1, 1 })
        {
            var bad = (byte[])good.Clone();
            bad[^8] = (byte)(bad[^8] + change);
            Fails(bad);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(11)]
    public void Open_HardlyAnyBytes_FailsTyped(int length) => Fails(new byte[length], ParquetErrorCode.NotParquet);

    [Fact]
    public void Open_TextNamedParquet_FailsTyped() =>
        Fails("person_id;municipality_code\n1;0180\n2;0180\n"u8.ToArray(), ParquetErrorCode.NotParquet);

    [Fact]
    public void Open_EncryptedFooter_SaysSo()
    {
        var file = ForgedFile.Frame([], new byte[10]);
        "PARE"u8.CopyTo(file.AsSpan(file.Length - 4));
        Fails(file, ParquetErrorCode.Encrypted);
    }

    [Theory]
    [InlineData("15022cffffffff0f")]
    [InlineData("150229fcffffffff07")]
    [InlineData("150219fcffffff7f")]
    [InlineData("150218ffffffff07")]
    public void Open_ListOrStringBombInTinyFile_FailsTyped(string footer) => Fails(ForgedFile.Frame([], Convert.FromHexString(footer)));

    [Fact]
    public void Open_MoreColumnsThanAllowed_FailsTyped()
    {
        var columns = SampleColumns.All(3, optional: true, seed: 1);
        Fails(TestFile.Write(columns), ParquetErrorCode.LimitExceeded, new ParquetReaderOptions { MaxColumns = columns.Length - 1 });
    }

    [Fact]
    public void Read_PageOverTheLimit_FailsBeforeInflating()
    {
        // 512 MiB in half a megabyte: what the header says is enough to refuse it.
        var file = new ForgedFile { Rows = 134_217_728, Codec = 2 }.Data(new byte[522_000], 134_217_728, uncompressed: 536_870_912).Build();
        Fails(file, ParquetErrorCode.LimitExceeded);
    }

    [Fact]
    public void Read_PageOverTheChunksDeclaredSize_FailsTyped() =>
        Fails(
            new ForgedFile { Rows = 50_000, Codec = 2, UncompressedBytes = 199_999 }.Data(GzipTests.Zip(new byte[200_000]), 50_000,
                uncompressed: 200_000).Build(),
            ParquetErrorCode.InconsistentLayout);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Read_PageDeclaresTwoGigabytesInFewBytes_FailsTyped(int codec)
    {
        Fails(new ForgedFile { Rows = 1, Codec = codec }.Data(OneRow, 1, uncompressed: int.MaxValue).Build(),
            ParquetErrorCode.LimitExceeded);
        Fails(new ForgedFile { Rows = 1, Codec = codec }.Data(OneRow, 1, uncompressed: 200_000_000).Build(),
            ParquetErrorCode.LimitExceeded);
        Fails(new ForgedFile { Rows = 1, Codec = codec }.Data(OneRow, 1, uncompressed: 60_000_000).Build(),
            ParquetErrorCode.InconsistentLayout);
    }

    [Fact]
    public void Read_PageInflatesToMoreThanDeclared_StopsAtTheDeclaredSize()
    {
        var bomb = GzipTests.Zip(new byte[64 * 1024 * 1024]);
        Fails(new ForgedFile { Rows = 4, Codec = 2 }.Data(bomb, 4, uncompressed: 16).Build(), ParquetErrorCode.InvalidCompressedData);
    }

    [Fact]
    public void Read_TwoThousandMillionValuesInSixteenBytes_FailsTyped()
    {
        const int many = 2_000_000_000;
        var options = new ParquetReaderOptions { MaxValuesPerByte = int.MaxValue };
        Fails(new ForgedFile { Rows = many }.Data(new byte[16], many).Build(), ParquetErrorCode.LimitExceeded);
        Fails(new ForgedFile { Rows = many }.Data(new byte[16], many).Build(), ParquetErrorCode.InvalidEncodedData, options);
        Fails(new ForgedFile { Rows = many, Type = ParquetPhysicalType.ByteArray }.Data(new byte[16], many).Build(),
            ParquetErrorCode.InvalidEncodedData, options);
        Fails(new ForgedFile { Rows = many }.Dictionary(new byte[16], many).Build(), ParquetErrorCode.InvalidEncodedData, options);
        Fails(
            new ForgedFile { Rows = many, Type = ParquetPhysicalType.ByteArray }.Dictionary(new byte[16], many).Build(),
                ParquetErrorCode.InvalidEncodedData, options);
    }

    [Fact]
    public void Read_ThousandsOfMillionsOfNullsInOneRun_ReadsTheFirstAtOnce()
    {
        // Honest: one run of 2·10⁹ nulls. Reading a batch must not cost more than the batch.
        var levels = new byte[] { 6, 0, 0, 0, 0x80, 0xD0, 0xAC, 0xF3, 0x0E, 0 };
        var file = new ForgedFile { Rows = 2_000_000_000, IsOptional = true }.Data(levels, 2_000_000_000).Build();
        Fails(file, ParquetErrorCode.LimitExceeded);
        using var reader = ParquetReader.Open(new MemoryStream(file), new ParquetReaderOptions { MaxValuesPerByte = int.MaxValue });
        using var column = reader.OpenRowGroup(0).Column<int>(0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var present = new bool[1000];

        Assert.Equal(1000, column.Read(new int[1000], present));

        Assert.DoesNotContain(true, present);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 2)]
    [InlineData(33, 0)]
    [InlineData(255, 0)]
    public void Read_DictionaryCodeOrWidthOutOfRange_FailsTyped(int width, int code)
    {
        byte[] body = [(byte)width, 2, (byte)(width == 1 ? 1 : code), 0, 0, 0, 0];
        Fails(new ForgedFile { Rows = 1 }.Dictionary(OneRow, 1).Data(body, 1, encoding: 8).Build(), ParquetErrorCode.InvalidEncodedData);
        Fails(
            new ForgedFile { Rows = 1, Type = ParquetPhysicalType.ByteArray }.Dictionary([1, 0, 0, 0, 65], 1).Data(body, 1,
                encoding: 8).Build(),
            ParquetErrorCode.InvalidEncodedData);
    }

    [Fact]
    public void Read_PackedCodeOutOfRange_FailsTyped() =>
        Fails(
            new ForgedFile { Rows = 8 }.Dictionary([1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0], 3).Data([2, 3, 0b11_10_01_00, 0], 8,
                encoding: 8).Build(),
            ParquetErrorCode.InvalidEncodedData);

    [Fact]
    public void Read_ChunkDeclaresMoreBytesThanItsPages_FailsTyped()
    {
        foreach (var extra in new[] { 1, 1000 })
        {
            var pages = new ForgedFile { Rows = 1 }.Data(OneRow, 1).Build().Length;
            Fails(new ForgedFile { Rows = 1, UncompressedBytes = pages + extra }.Data(OneRow, 1).Build(),
                ParquetErrorCode.InconsistentLayout);
        }

        Assert.Equal("7", Assert.Single(TestFile.Read(new ForgedFile { Rows = 1, UncompressedBytes = 4 }.Data(OneRow, 1).Build())[0]));
    }

    [Fact]
    public void Read_PageOfAKindThatTheFormatLacks_FailsTyped() =>
        Fails(new ForgedFile { Rows = 1 }.Data(OneRow, 1).Page(4, [1, 2, 3], null, _ => { }).Build(), ParquetErrorCode.InvalidMetadata);

    [Fact]
    public void Read_DictionaryOverItsLimit_FailsTyped() =>
        Fails(new ForgedFile { Rows = 1 }.Dictionary(OneRow, 1).Data([0, 2], 1, encoding: 8).Build(), ParquetErrorCode.LimitExceeded,
            new ParquetReaderOptions { MaxDictionaryBytes = 3 });

    [Fact]
    public void Read_OpenColumnsHoldMoreThanTheLimitTogether_FailsTypedAndClosingMakesRoom()
    {
        var columns = Enumerable.Range(0, 3).Select(i => new TestColumn(ParquetColumnSpec.Of<long>($"c{i}"),
            [.. Enumerable.Range(0, 1000).Select(row => (object?)((row * 7919L) + i))])).ToArray();
        var file = TestFile.Write(columns, new ParquetWriterOptions { UseDictionary = false });
        using var reader = ParquetReader.Open(new MemoryStream(file), new ParquetReaderOptions { MaxHeldBytes = 30_000 });
        var group = reader.OpenRowGroup(0);
        using var first = group.Column<long>(0);
        first.Read(new long[1], []);
        using (var second = group.Column<long>(1)) second.Read(new long[1], []);
        using var third = group.Column<long>(2);
        third.Read(new long[1], []);
        using var fourth = group.Column<long>(1);

        var error = Assert.Throws<ParquetFormatException>(() => fourth.Read(new long[1], []));

        Assert.Equal(ParquetErrorCode.LimitExceeded, error.Code);
    }

    [Fact]
    public void Read_OpenColumnsHoldLargeDictionariesTogether_FailsTyped()
    {
        var columns = Enumerable.Range(0, 2).Select(i => new TestColumn(ParquetColumnSpec.Text($"c{i}"),
            [.. Enumerable.Range(0, 4000).Select(row => (object?)$"entry of some length {row / 4}")])).ToArray();
        var file = TestFile.Write(columns, new ParquetWriterOptions { PageBytes = 100 });
        long Read(long most)
        {
            using var reader = ParquetReader.Open(new MemoryStream(file), new ParquetReaderOptions { MaxHeldBytes = most });
            using var first = reader.OpenRowGroup(0).Bytes(0);
            using var second = reader.OpenRowGroup(0).Bytes(1);
            return first.Read(new BytesBatch(), 10) + second.Read(new BytesBatch(), 10);
        }

        // Each dictionary has about 25 kB of text, in a page as large; both pages and windows fit without the decoded dictionaries.
        Assert.Equal(20, Read(200_000));
        var error = Assert.Throws<ParquetFormatException>(() => Read(90_000));
        Assert.Equal((ParquetErrorCode.LimitExceeded, "c1"), (error.Code, error.Column));
    }

    [Fact]
    public void Read_CodesWithoutDictionary_FailsTyped() =>
        Fails(new ForgedFile { Rows = 1 }.Data([1, 2, 0], 1, encoding: 8).Build(), ParquetErrorCode.InconsistentLayout);

    [Fact]
    public void Read_SecondDictionary_FailsTyped() =>
        Fails(new ForgedFile { Rows = 1 }.Dictionary(OneRow, 1).Dictionary(OneRow, 1).Data([1, 2, 0], 1, encoding: 8).Build(),
            ParquetErrorCode.InconsistentLayout);

    [Fact]
    public void Read_MoreOrFewerRowsThanDeclared_FailsTyped()
    {
        Fails(new ForgedFile { Rows = 2 }.Data(OneRow, 1).Build(), ParquetErrorCode.InconsistentLayout);
        Fails(new ForgedFile { Rows = 1 }.Data(OneRow, 1).Data(OneRow, 1).Build(), ParquetErrorCode.InconsistentLayout);
        Fails(new ForgedFile { Rows = 1, FileRows = 2 }.Data(OneRow, 1).Build(), ParquetErrorCode.InconsistentLayout);
        Fails(new ForgedFile { Rows = 1, ChunkValues = 2 }.Data(OneRow, 1).Build(), ParquetErrorCode.InconsistentLayout);
        Fails(new ForgedFile { Rows = -1 }.Data(OneRow, 1).Build(), ParquetErrorCode.InconsistentLayout);
        Fails(new ForgedFile { Rows = long.MaxValue, FileRows = 1 }.Data(OneRow, 1).Build());
    }

    [Fact]
    public void Open_ChunkOutsideTheFile_FailsTyped()
    {
        foreach (var offset in new[] { long.MinValue, -1, 0, 3, 5, 1L << 40, long.MaxValue })
        {
            Fails(new ForgedFile { Rows = 1, DataOffset = offset }.Data(OneRow, 1).Build());
        }

        foreach (var size in new[] { long.MinValue, -1, 0, 3, 1L << 40, long.MaxValue })
        {
            Fails(new ForgedFile { Rows = 1, CompressedBytes = size }.Data(OneRow, 1).Build());
        }
    }

    [Fact]
    public void Read_NegativeSizesOrCounts_FailsTyped()
    {
        Fails(new ForgedFile { Rows = 1 }.Data(OneRow, -1).Build(), ParquetErrorCode.InvalidMetadata);
        Fails(new ForgedFile { Rows = 1 }.Data(OneRow, 1, uncompressed: -4).Build(), ParquetErrorCode.InvalidMetadata);
        Fails(new ForgedFile { Rows = 1 }.Dictionary(OneRow, -1).Build(), ParquetErrorCode.InvalidMetadata);
        Fails(new ForgedFile { Rows = 1 }.Page(0, OneRow, 4, _ => { }, stored: -1).Build(), ParquetErrorCode.InvalidMetadata);
        Fails(new ForgedFile { Rows = 1, IsOptional = true }.DataV2(OneRow, 1, nulls: 0, levelBytes: -1).Build(),
            ParquetErrorCode.InconsistentLayout);
    }

    [Fact]
    public void Read_PageHeaderWithoutItsBody_FailsTyped() =>
        Fails(new ForgedFile { Rows = 1 }.Page(0, OneRow, 4, _ => { }).Build(), ParquetErrorCode.InvalidMetadata);

    [Fact]
    public void Read_VersionTwoContradictions_FailTyped()
    {
        Fails(new ForgedFile { Rows = 1 }.DataV2(OneRow, 1, nulls: 1, levelBytes: 0).Build(), ParquetErrorCode.InconsistentLayout);
        Fails(new ForgedFile { Rows = 1 }.DataV2([2, 1, .. OneRow], 1, nulls: 0, levelBytes: 2).Build(),
            ParquetErrorCode.InconsistentLayout);
        Fails(new ForgedFile { Rows = 1, IsOptional = true }.DataV2([2, 1, .. OneRow], 1, nulls: 1, levelBytes: 2).Build(),
            ParquetErrorCode.InconsistentLayout);
        Fails(new ForgedFile { Rows = 1, IsOptional = true }.DataV2([2, 1, .. OneRow], 1, nulls: 0, levelBytes: 7).Build(),
            ParquetErrorCode.InconsistentLayout);
        Fails(new ForgedFile { Rows = 1 }.DataV2(OneRow, 1, nulls: 0, levelBytes: 0, rows: 2).Build(), ParquetErrorCode.InconsistentLayout);
        Fails(new ForgedFile { Rows = 1 }.DataV2(OneRow, 1, nulls: 0, levelBytes: 0, repetitionBytes: 1).Build(),
            ParquetErrorCode.InconsistentLayout);
        Fails(new ForgedFile { Rows = 1 }.DataV2(OneRow, 1, nulls: 0, levelBytes: 0, uncompressed: 5).Build(),
            ParquetErrorCode.InconsistentLayout);
        var good = new ForgedFile { Rows = 1, IsOptional = true }.DataV2([2, 1, .. OneRow], 1, nulls: 0, levelBytes: 2).Build();
        Assert.Equal("7", Assert.Single(TestFile.Read(good)[0]));
    }

    [Fact]
    public void Read_LevelsLongerThanThePage_FailsTyped() =>
        Fails(new ForgedFile { Rows = 1, IsOptional = true }.Data([0xFF, 0xFF, 0xFF, 0xFF, 2, 1], 1).Build(),
            ParquetErrorCode.InconsistentLayout);

    [Fact]
    public void Read_TextThatIsNotUtf8_FailsTypedInPlainAndDictionary()
    {
        byte[] value = [2, 0, 0, 0, 0xC3, 0x28];
        Fails(new ForgedFile { Rows = 1, Type = ParquetPhysicalType.ByteArray, IsText = true }.Data(value, 1).Build(),
            ParquetErrorCode.InvalidUtf8);
        Fails(
            new ForgedFile { Rows = 1, Type = ParquetPhysicalType.ByteArray, IsText = true }.Dictionary(value, 1).Data([1, 2, 0], 1,
                encoding: 2).Build(),
            ParquetErrorCode.InvalidUtf8);
        Assert.Equal("x:c328",
            Assert.Single(TestFile.Read(new ForgedFile { Rows = 1, Type = ParquetPhysicalType.ByteArray }.Data(value, 1).Build())[0]));
    }

    [Fact]
    public void Read_TextSplitInsideACharacter_FailsTyped()
    {
        // "å" cut between two values: together valid, each alone not.
        byte[] body = [1, 0, 0, 0, 0xC3, 1, 0, 0, 0, 0xA5];
        Fails(new ForgedFile { Rows = 2, Type = ParquetPhysicalType.ByteArray, IsText = true }.Data(body, 2).Build(),
            ParquetErrorCode.InvalidUtf8);
    }

    [Fact]
    public void Read_WrongChecksum_FailsTypedUnlessNotAsked()
    {
        var file = new ForgedFile { Rows = 1 }.Data(OneRow, 1, crc: 12345).Build();
        Fails(file, ParquetErrorCode.ChecksumMismatch);
        Assert.Equal("7", Assert.Single(TestFile.Read(file, options: new ParquetReaderOptions { VerifyChecksums = false })[0]));
    }

    [Fact]
    public void Read_BatchOverItsLimit_FailsTyped()
    {
        var columns = new[] { new TestColumn(ParquetColumnSpec.Text("t"), [new string('a', 60), new string('b', 60)]) };
        var file = TestFile.Write(columns, new ParquetWriterOptions { UseDictionary = false });
        Fails(file, ParquetErrorCode.LimitExceeded, new ParquetReaderOptions { MaxBatchBytes = 100 });
    }

    [Fact]
    public void Read_AfterAFailure_FailsAgainWithTheSamePlace()
    {
        var file = new ForgedFile { Rows = 2 }.Data(OneRow, 1).Data([1, 2, 3], 1).Build();
        using var reader = ParquetReader.Open(new MemoryStream(file));
        using var column = reader.OpenRowGroup(0).Column<int>(0);
        Assert.Equal(1, column.Read(new int[1], []));

        var first = Assert.Throws<ParquetFormatException>(() => column.Read(new int[1], []));
        var second = Assert.Throws<ParquetFormatException>(() => column.Read(new int[1], []));

        Assert.Equal((ParquetErrorCode.InvalidEncodedData, "c", 0, 1), (first.Code, first.Column, first.RowGroup, first.Page));
        Assert.True(first.ByteOffset > 4);
        Assert.Equal(first.Message, second.Message);
    }

    private static void Fails(byte[] file, ParquetErrorCode? code = null, ParquetReaderOptions? options = null)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<ParquetFormatException>(() => TestFile.Read(file, 100, options));
        if (code is not null) Assert.Equal(code, error.Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MemoryLimit);
    }
}
