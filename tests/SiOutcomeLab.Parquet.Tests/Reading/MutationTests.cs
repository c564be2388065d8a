using System.Diagnostics;
using SiOutcomeLab.Parquet.Tests.Files;

namespace SiOutcomeLab.Parquet.Tests.Reading;

/// <summary>
/// Every byte of small files changed, and every cut: the same rows, or the one typed exception, in little time and memory.
/// </summary>
public sealed class MutationTests
{
    private const long MemoryLimit = 64L * 1024 * 1024;

    // A file takes milliseconds; a machine that does much else may stand still for seconds.
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    public static TheoryData<ParquetCodec, int, bool> Variants { get; } = new(
        // Not Brotli: the page of noise takes as many bytes compressed as plain, so a codec changed in the footer cannot be seen.
        from codec in Enum.GetValues<ParquetCodec>().Where(codec => ParquetWriter.CanWrite(codec) && codec != ParquetCodec.Brotli)
        from version in new[] { 1, 2 }
        from dictionary in new[] { false, true }
        select (codec, version, dictionary));

    [Theory]
    [MemberData(nameof(Variants))]
    public void Read_AnyByteChanged_SameRowsOrTypedError(ParquetCodec codec, int version, bool dictionary)
    {
        var (file, expected) = Make(codec, version, dictionary);
        for (var at = 0; at < file.Length; at++)
        {
            var original = file[at];
            foreach (var changed in new[] { 0, 0xFF, original + 1, original - 1, original ^ 0x80, original ^ 0x40, original ^ 0x20,
                original ^ 0x10, original ^ 8, original ^ 4, original ^ 2 })
            {
                file[at] = (byte)changed;
                SameRowsOrTyped(file, expected, $"byte {at}: {original:x2} → {(byte)changed:x2}");
            }

            file[at] = original;
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Read_AnyCut_TypedError(ParquetCodec codec, int version, bool dictionary)
    {
        var (file, _) = Make(codec, version, dictionary);
        for (var length = 0; length < file.Length; length++)
        {
            Assert.Throws<ParquetFormatException>(() => TestFile.Read(file[..length]));
            Assert.Throws<ParquetFormatException>(() => TestFile.Read(file[^length..]));
        }
    }

    [Fact]
    public void Read_RandomDamageWithoutChecksums_NeverAnotherException()
    {
        var random = new Random(23);
        foreach (var (codec, version, dictionary) in Variants.Select(row => row.Data))
        {
            var (file, _) = Make(codec, version, dictionary, checksums: false);
            for (var round = 0; round < 700; round++)
            {
                var damaged = (byte[])file.Clone();
                for (var hits = random.Next(1, 6); hits > 0; hits--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                SameRowsOrTyped(damaged, null, $"{codec} {version} {dictionary}, round {round}");
            }
        }
    }

    private static (byte[] File, string?[][] Cells) Make(ParquetCodec codec, int version, bool dictionary, bool checksums = true)
    {
        var columns = new[]
        {
            new TestColumn(ParquetColumnSpec.Of<int>("i", optional: true), [1, null, 1, 3, 1, 1, 1, 3, 1, null, 1, 1]),
            new TestColumn(ParquetColumnSpec.Of<double>("d"), [1.5, 2.5, 1.5, 1.5, 1.5, 2.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5]),
            new TestColumn(ParquetColumnSpec.Of<bool>("b", optional: true),
                [true, false, null, true, true, true, true, true, true, true, true, false]),
            new TestColumn(ParquetColumnSpec.Text("t", optional: true), ["å", null, "bö", "å", "å", "bö", "å", "å", "å", "å", "å", "bö"]),
            new TestColumn(new ParquetColumnSpec("f", ParquetPhysicalType.FixedLenByteArray, ParquetLogicalType.None, false, 3),
                [.. Enumerable.Repeat<object?>(new byte[] { 1, 2, 3 }, 12)]),
        };
        var options = new ParquetWriterOptions { Codec = codec, PageVersion = version, UseDictionary = dictionary,
            WriteChecksums = checksums, PageBytes = 40 };
        return (TestFile.Write(columns, options, rowGroupRows: 8), TestFile.Expected(columns));
    }

    private static void SameRowsOrTyped(byte[] file, string?[][]? expected, string what)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        try
        {
            var actual = TestFile.Read(file);
            if (expected is not null) Assert.True(Same(expected, actual), $"other rows without an error, {what}");
        }
        catch (ParquetFormatException)
        {
            // The one exception that bytes may cause.
        }
        catch (Exception error) when (error is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{what}: {error}");
        }

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MemoryLimit, $"too much memory, {what}");
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeLimit, $"too much time, {what}");
    }

    private static bool Same(string?[][] expected, string?[][] actual) =>
        expected.Length == actual.Length && expected.Zip(actual).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));
}
