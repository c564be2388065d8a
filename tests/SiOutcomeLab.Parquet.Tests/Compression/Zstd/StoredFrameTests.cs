using System.Globalization;
using SiOutcomeLab.Parquet.Compression.Zstd;

namespace SiOutcomeLab.Parquet.Tests.Compression.Zstd;

/// <summary>Frames that the zstd tool made, kept beside this file: the managed decoder needs no libzstd to be held against it.</summary>
public sealed class StoredFrameTests
{
    public static TheoryData<string> Frames { get; } =
        new(Directory.GetFiles(Folder(), "*.zst").Select(path => Path.GetFileName(path)!).Order());

    [Theory]
    [MemberData(nameof(Frames))]
    public void Decode_StoredFrame_EqualsItsSample(string name)
    {
        var parts = Path.GetFileNameWithoutExtension(name).Split('-');
        var expected = ZstdSamples.Make(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture));
        var frame = File.ReadAllBytes(Path.Combine(Folder(), name));
        var actual = new byte[expected.Length];
        new ZstdDecoder().Decode(frame, actual);
        Assert.Equal(expected, actual);
        Assert.True(expected.Length <= new Parquet.Compression.ZstdCodec(native: false).MaxDecompressed(frame.Length));
    }

    [Fact]
    public void Decode_EveryByteOfAFrameWithChecksumChanged_IsRefusedOrEqual()
    {
        // The checksum covers the content, so a change either leaves it as it was or is found.
        var expected = ZstdSamples.Make("text", 900);
        var frame = File.ReadAllBytes(Path.Combine(Folder(), "text-900-19.zst"));
        var actual = new byte[expected.Length];
        var refused = 0;
        for (var at = 0; at < frame.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                frame[at] ^= (byte)(1 << bit);
                var fault = Record.Exception(() => new ZstdDecoder().Decode(frame, actual));
                frame[at] ^= (byte)(1 << bit);
                if (fault is null) Assert.Equal(expected, actual);
                else Assert.IsType<ParquetFormatException>(fault);
                refused += fault is null ? 0 : 1;
            }
        }

        Assert.InRange(refused, frame.Length * 7, frame.Length * 8);
    }

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "tests", "SiOutcomeLab.Parquet.Tests", "Compression", "Zstd", "frames");
            if (Directory.Exists(candidate)) return candidate;
        }

        throw new DirectoryNotFoundException("The frames were not found above the test assembly.");
    }
}
