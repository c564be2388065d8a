using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet.Tests.Format;

public sealed class ThriftTests
{
    [Fact]
    public void Write_AllKinds_ReadsBackEqual()
    {
        var writer = new ThriftWriter();
        writer.Bool(1, true);
        writer.I8(2, -5);
        writer.I16(3, short.MinValue);
        writer.I32(20, int.MinValue);
        writer.I64(21, long.MinValue);
        writer.Text(22, "Åmål");
        writer.BeginList(23, ThriftType.I32, 20);
        for (var i = 0; i < 20; i++) writer.I32Element(i - 10);
        writer.BeginStruct(24);
        writer.Bool(300, false);
        writer.EndStruct();
        writer.I32(25, 7);
        writer.End();

        var reader = new ThriftReader(writer.Written);
        var id = 0;
        Assert.True(Next(ref reader, ref id, 1, out var type) && ThriftReader.Bool(type));
        Assert.True(Next(ref reader, ref id, 2, out type) && reader.I8(type) == -5);
        Assert.True(Next(ref reader, ref id, 3, out type) && reader.I16(type) == short.MinValue);
        Assert.True(Next(ref reader, ref id, 20, out type) && reader.I32(type) == int.MinValue);
        Assert.True(Next(ref reader, ref id, 21, out type) && reader.I64(type) == long.MinValue);
        Assert.True(Next(ref reader, ref id, 22, out type) && reader.Text(type) == "Åmål");
        Assert.True(Next(ref reader, ref id, 23, out type));
        reader.Skip(type);
        Assert.True(Next(ref reader, ref id, 24, out type));
        reader.Skip(type);
        Assert.True(Next(ref reader, ref id, 25, out type) && reader.I32(type) == 7);
        Assert.False(reader.NextField(ref id, out _));
        Assert.Equal(writer.Written.Length, reader.Position);
    }

    [Theory]
    [InlineData("", ParquetErrorCode.Truncated)]
    [InlineData("18ff", ParquetErrorCode.Truncated)]
    [InlineData("18ffffffff0f", ParquetErrorCode.InvalidMetadata)]
    [InlineData("18ffffffffff0f", ParquetErrorCode.InvalidMetadata)]
    [InlineData("1805616263", ParquetErrorCode.Truncated)]
    [InlineData("1c1e", ParquetErrorCode.InvalidMetadata)]
    [InlineData("19f5ffffffff07", ParquetErrorCode.Truncated)]
    [InlineData("19fcffffffff0f", ParquetErrorCode.InvalidMetadata)]
    [InlineData("1bffffff7f88", ParquetErrorCode.Truncated)]
    [InlineData("1680808080808080808080808000", ParquetErrorCode.InvalidMetadata)]
    [InlineData("17ffff", ParquetErrorCode.Truncated)]
    [InlineData("1e00", ParquetErrorCode.InvalidMetadata)]
    [InlineData("050100", ParquetErrorCode.InvalidMetadata)]
    public void Skip_Malformed_FailsTyped(string hex, ParquetErrorCode code) => Assert.Equal(code, SkipAll(Convert.FromHexString(hex)));

    [Fact]
    public void Skip_DeepNesting_FailsTypedWithoutUsingTheStack()
    {
        Assert.Equal(ParquetErrorCode.InvalidMetadata, SkipAll([.. Enumerable.Repeat((byte)0x1C, 1_000_000)]));
        Assert.Equal(ParquetErrorCode.InvalidMetadata, SkipAll([0x19, .. Enumerable.Repeat((byte)0x19, 1_000_000)]));
    }

    private static bool Next(ref ThriftReader reader, ref int id, int expected, out ThriftType type) =>
        reader.NextField(ref id, out type) && id == expected;

    private static ParquetErrorCode SkipAll(byte[] bytes) => Assert.Throws<ParquetFormatException>(() =>
    {
        var reader = new ThriftReader(bytes);
        for (var id = 0; reader.NextField(ref id, out var type);) reader.Skip(type);
    }).Code;
}
