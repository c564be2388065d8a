using SiOutcomeLab.Parquet;
using SiOutcomeLab.Parquet.Compression;
using SiOutcomeLab.Parquet.Format;
using SiOutcomeLab.ParquetFuzz.Making;
using SiOutcomeLab.ParquetFuzz.Mutating;

namespace SiOutcomeLab.ParquetFuzz.Running;

/// <summary>A sound file to change.</summary>
/// <param name="Name">What made it, and how.</param>
/// <param name="File">Its bytes.</param>
/// <param name="Digest">What its rows come to.</param>
/// <param name="HasChecksums">Whether every page carries one: without them a changed value cannot be told from an honest one.</param>
internal sealed record Sound(string Name, byte[] File, ulong Digest, bool HasChecksums);

/// <summary>
/// Small sound files: every type and encoding in every codec that this library can also write, both page versions, with and without
/// statistics, from code that shares nothing with the library's encoders; and files of the library's own writer.
/// </summary>
internal static class Corpus
{
    private const int Rows = 40;

    /// <summary>Makes the files.</summary>
    /// <param name="folder">A folder of other programs' files to add, or null.</param>
    public static IReadOnlyList<Sound> Make(string? folder = null)
    {
        var digest = new RowDigest();
        var files = new List<(string Name, byte[] File)>();
        foreach (var codec in Codecs())
        {
            foreach (var version in new[] { 1, 2 })
            {
                files.AddRange(Made(codec, version));
                files.Add(($"written {codec} v{version}", Written(codec, version)));
            }
        }

        var foreign = folder is null ? [] : Directory.GetFiles(folder, "*.parquet");
        foreach (var path in foreign.Order(StringComparer.Ordinal))
        {
            files.Add((Path.GetFileName(path), File.ReadAllBytes(path)));
        }

        return [.. files.Select(file => new Sound(file.Name, file.File, digest.Of(file.File, 1000), HasChecksums(file.File)))];
    }

    /// <summary>The codecs that can be written, so that pages can be changed and compressed again.</summary>
    public static IEnumerable<CompressionId> Codecs() => Enum.GetValues<CompressionId>().Where(IsWritten);

    private static IEnumerable<(string Name, byte[] File)> Made(CompressionId codec, int version)
    {
        var columns = EveryEncoding.Columns(Rows, row => row % 7 is 3 or 4, seed: (int)codec + (10 * version));
        foreach (var some in columns.Chunk(6).Select((chunk, index) => (chunk, index)))
        {
            var options = new MadeOptions
            {
                Codec = codec, PageVersion = version, PageRows = 17, RowGroupRows = some.index % 2 == 0 ? Rows : 23,
                HasChecksums = true, HasExtras = some.index == 0,
            };
            MadeColumn[] made = [.. some.chunk.Select((column, place) => column with { HasPackedLevels = version == 1 && place % 3 == 0 })];
            yield return ($"made {codec} v{version} {some.index}", MadeFile.Write(made, options));
        }
    }

    private static byte[] Written(CompressionId codec, int version)
    {
        using var stream = new MemoryStream();
        var options = new ParquetWriterOptions { Codec = (ParquetCodec)codec, PageVersion = version, PageBytes = 80 };
        ParquetColumnSpec[] columns =
            [ParquetColumnSpec.Text("person", optional: true), ParquetColumnSpec.Of<double>("cost"), ParquetColumnSpec.Date("day")];
        using (var writer = ParquetWriter.Create(stream, columns, options, leaveOpen: true))
        {
            for (var part = 0; part < 2; part++)
            {
                var group = writer.StartRowGroup();
                group.WriteStrings([.. Enumerable.Range(0, Rows).Select(row => row % 5 == 0 ? null : $"person-{row / 4}")]);
                group.WriteColumn<double>([.. Enumerable.Range(0, Rows).Select(row => row * 1.37)]);
                group.WriteColumn<int>([.. Enumerable.Range(0, Rows).Select(row => 19_000 + (row / 3))]);
            }

            writer.Close();
        }

        return stream.ToArray();
    }

    private static bool HasChecksums(byte[] file) =>
        FileModel.Parse(file).Chunks.TrueForAll(chunk => chunk.Pages.TrueForAll(page => page.Header.Field(4) is not null));

    private static bool IsWritten(CompressionId codec)
    {
        try
        {
            byte[] target = [];
            return PageCodecs.Get(codec).Compress(new byte[10], ref target) > 0;
        }
        catch (Exception error) when (error is ParquetFormatException or NotSupportedException or PlatformNotSupportedException)
        {
            return false;
        }
    }
}
