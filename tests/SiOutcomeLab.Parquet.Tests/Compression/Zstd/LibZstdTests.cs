using SiOutcomeLab.Parquet.Compression.Zstd;

namespace SiOutcomeLab.Parquet.Tests.Compression.Zstd;

/// <summary>The managed decoder held against libzstd, on frames that libzstd makes.</summary>
public sealed class LibZstdTests
{
    private static readonly int[] Lengths = [1, 2, 5, 63, 255, 256, 257, 1000, 4096, 65_535, 131_072, 131_073, 400_000];

    public static TheoryData<string> Names { get; } = new(ZstdSamples.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_FramesOfEveryLevel_EqualTheSource(string name)
    {
        LibZstd.Require();
        foreach (var length in name is "empty" or "one" ? [1] : Lengths)
        {
            var source = ZstdSamples.Make(name, length);
            foreach (var level in new[] { -7, -1, 1, 2, 3, 5, 7, 9, 12, 16, 19, 22 })
            {
                foreach (var checksum in new[] { false, true })
                {
                    var frame = LibZstd.Compress(source, level, checksum, withLength: !checksum);
                    var managed = new byte[source.Length];
                    new ZstdDecoder().Decode(frame, managed);
                    Assert.True(source.AsSpan().SequenceEqual(managed), $"{name}, {length} bytes, level {level}");
                    ZstdFrame.Verify(frame, source.Length);
                    var native = new byte[source.Length];
                    Assert.True(NativeZstd.TryDecompress(frame, native));
                    Assert.Equal(source, native);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_AnyByteChanged_AsLibZstdOrTypedError(string name)
    {
        LibZstd.Require();
        var decoder = new ZstdDecoder();
        var accepted = 0;
        foreach (var level in new[] { 1, 3, 19 })
        {
            var source = ZstdSamples.Make(name, 1500);
            var frame = LibZstd.Compress(source, level, checksum: false, withLength: level != 3);
            var guarded = new byte[source.Length + 64];
            var native = new byte[source.Length];
            for (var at = 0; at < frame.Length; at++)
            {
                foreach (var change in new byte[] { 1, 2, 4, 8, 16, 32, 64, 128, 255, 0x55 })
                {
                    var broken = frame.ToArray();
                    broken[at] ^= change;
                    Array.Fill(guarded, (byte)0xA5);
                    var fault = Record.Exception(() => decoder.Decode(broken, guarded.AsSpan(0, source.Length)));
                    Assert.Equal(-1, guarded.AsSpan(source.Length).IndexOfAnyExcept((byte)0xA5));
                    if (fault is not null)
                    {
                        Assert.Equal(ParquetErrorCode.InvalidCompressedData, Assert.IsType<ParquetFormatException>(fault).Code);
                        continue;
                    }

                    // Both accept: then they must mean the same.
                    accepted++;
                    Assert.Null(Record.Exception(() => ZstdFrame.Verify(broken, source.Length)));
                    if (NativeZstd.TryDecompress(broken, native)) Assert.Equal(native, guarded[..source.Length]);
                }
            }

            for (var cut = 0; cut < frame.Length; cut++)
            {
                Assert.Throws<ParquetFormatException>(() => decoder.Decode(frame.AsSpan(0, cut), guarded.AsSpan(0, source.Length)));
            }
        }

        if (name is "noise" or "text") Assert.NotEqual(0, accepted);
    }

    [Fact]
    public void Decode_WrongDeclaredLength_IsRefused()
    {
        LibZstd.Require();
        foreach (var withLength in new[] { false, true })
        {
            var frame = LibZstd.Compress(ZstdSamples.Make("text", 5000), 3, checksum: true, withLength);
            foreach (var length in new[] { 0, 1, 4999, 5001, 200_000 })
            {
                Assert.Throws<ParquetFormatException>(() => new ZstdDecoder().Decode(frame, new byte[length]));
                Assert.False(NativeZstd.TryDecompress(frame, new byte[length]));
            }
        }
    }

    [Fact]
    public void Decode_SeveralAndSkippableFrames_GivesThemEndToEnd()
    {
        LibZstd.Require();
        var (first, second) = (ZstdSamples.Make("text", 3000), ZstdSamples.Make("ids", 70_000));
        byte[] skippable = [0x5A, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3];
        byte[] page =
        [
            .. skippable, .. LibZstd.Compress(first, 1, checksum: true, withLength: false), .. LibZstd.Compress([], 1, true, true),
            .. skippable, .. LibZstd.Compress(second, 9, checksum: false, withLength: true), .. skippable,
        ];
        var whole = new byte[first.Length + second.Length];
        new ZstdDecoder().Decode(page, whole);
        Assert.Equal([.. first, .. second], whole);
        ZstdFrame.Verify(page, whole.Length);
        Array.Clear(whole);
        Assert.True(NativeZstd.TryDecompress(page, whole));
        Assert.Equal([.. first, .. second], whole);
    }
}
