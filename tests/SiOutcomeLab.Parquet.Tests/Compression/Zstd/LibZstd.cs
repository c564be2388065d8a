using System.Runtime.InteropServices;
using SiOutcomeLab.Parquet.Compression.Zstd;

namespace SiOutcomeLab.Parquet.Tests.Compression.Zstd;

/// <summary>libzstd's own compressor with its parameters, for making frames of every kind.</summary>
internal static class LibZstd
{
    private const int CompressionLevel = 100;
    private const int ContentSizeFlag = 200;
    private const int ChecksumFlag = 201;

    /// <summary>Skips the test where there is no libzstd, or fails it when nothing may be left out.</summary>
    public static void Require()
    {
        if (NativeZstd.IsAvailable && OperatingSystem.IsLinux()) return;
        const string missing = "libzstd is missing (Debian: libzstd1)";
        var all = string.Equals(Environment.GetEnvironmentVariable("SILAB_REQUIRE"), "all", StringComparison.Ordinal);
        Assert.False(all, $"SILAB_REQUIRE=all, but {missing}");
        Assert.Skip(missing);
    }

    public static byte[] Compress(byte[] source, int level, bool checksum, bool withLength, params (int Parameter, int Value)[] more)
    {
        var context = CreateContext();
        try
        {
            Set(CompressionLevel, level);
            Set(ChecksumFlag, checksum ? 1 : 0);
            Set(ContentSizeFlag, withLength ? 1 : 0);
            foreach (var (parameter, value) in more) Set(parameter, value);
            var target = new byte[Bound((nuint)source.Length)];
            var written = Compress2(context, target, (nuint)target.Length, source, (nuint)source.Length);
            Assert.Equal(0u, IsError(written));
            return target[..(int)written];
        }
        finally
        {
            FreeContext(context);
        }

        void Set(int parameter, int value) => Assert.Equal(0u, IsError(SetParameter(context, parameter, value)));
    }

    [DllImport("libzstd.so.1", EntryPoint = "ZSTD_createCCtx")]
    private static extern nint CreateContext();

    [DllImport("libzstd.so.1", EntryPoint = "ZSTD_freeCCtx")]
    private static extern nuint FreeContext(nint context);

    [DllImport("libzstd.so.1", EntryPoint = "ZSTD_CCtx_setParameter")]
    private static extern nuint SetParameter(nint context, int parameter, int value);

    [DllImport("libzstd.so.1", EntryPoint = "ZSTD_compress2")]
    private static extern nuint Compress2(nint context, byte[] target, nuint capacity, byte[] source, nuint length);

    [DllImport("libzstd.so.1", EntryPoint = "ZSTD_compressBound")]
    private static extern nuint Bound(nuint length);

    [DllImport("libzstd.so.1", EntryPoint = "ZSTD_isError")]
    private static extern uint IsError(nuint code);
}
