using System.IO.Compression;
using SiOutcomeLab.Parquet.Compression;

namespace SiOutcomeLab.Parquet.Tests.Compression;

public sealed class GzipTests
{
    [Fact]
    public void Decompress_SeveralMembers_GivesThemEndToEnd()
    {
        var destination = new byte[6];
        new GzipCodec().Decompress([.. Zip([1, 2, 3]), .. Zip([]), .. Zip([4, 5, 6])], destination);
        Assert.Equal([1, 2, 3, 4, 5, 6], destination);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Decompress_AnotherSizeThanDeclared_FailsTyped(int declared)
    {
        var error = Assert.Throws<ParquetFormatException>(() => new GzipCodec().Decompress(Zip([1, 2, 3]), new byte[declared]));
        Assert.Equal(ParquetErrorCode.InvalidCompressedData, error.Code);
    }

    [Fact]
    public void Decompress_AnyByteChangedOrCut_FailsTypedOrIsEqual()
    {
        var source = new byte[300];
        new Random(2).NextBytes(source.AsSpan(0, 100));
        var good = Zip(source);
        for (var at = 0; at < good.Length; at++)
        {
            foreach (var change in new byte[] { 1, 0x80, 0xFF })
            {
                var bad = (byte[])good.Clone();
                bad[at] ^= change;
                EqualOrTyped(bad, source);
            }

            EqualOrTyped(good[..at], source);
        }
    }

    private static void EqualOrTyped(byte[] compressed, byte[] source)
    {
        var destination = new byte[source.Length];
        try
        {
            new GzipCodec().Decompress(compressed, destination);
            Assert.Equal(source, destination);
        }
        catch (ParquetFormatException error)
        {
            Assert.Equal(ParquetErrorCode.InvalidCompressedData, error.Code);
        }
    }

    internal static byte[] Zip(byte[] source)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.SmallestSize, leaveOpen: true)) gzip.Write(source);
        return stream.ToArray();
    }
}
