using System.Text.Json;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Tests.Samples;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Cli.Tests.Inspecting;

public sealed class InspectCommandTests
{
    [Fact]
    public async Task Run_WithoutRows_TellsColumnsAndStorageButNoValue()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder.Path);
        var swedish = await CommandRun.OfAsync("inspect", path);
        Assert.Equal(ExitCode.Ok, swedish.Code);
        foreach (var word in new[] { "Skriven av", "tester", "Radgrupper: 2", "pris", "Decimal(9, 2)", "PLAIN RLE", "Brotli", "Utan codec" })
        {
            Assert.Contains(word, swedish.Out, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Åmål", swedish.Out, StringComparison.Ordinal);
        var english = await CommandRun.OfAsync("inspect", path, "--lang", "en");
        Assert.Contains("Row groups: 2", english.Out, StringComparison.Ordinal);

        using var json = JsonDocument.Parse((await CommandRun.OfAsync("inspect", path, "--json")).Out);
        var chunk = json.RootElement.GetProperty("row_groups")[1].GetProperty("chunks")[0];
        Assert.Equal("Brotli", chunk.GetProperty("codec").GetString());
        Assert.Equal(1, chunk.GetProperty("values").GetInt32());
        Assert.True(chunk.GetProperty("compressed_bytes").GetInt64() > 0);
    }

    [Fact]
    public async Task Run_AllAsJson_GivesEveryValueExactly()
    {
        using var folder = new TemporaryFolder();
        var run = await CommandRun.OfAsync("inspect", Write(folder.Path), "--all", "--json");
        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal(
            [
                """{"kommun":"Åmål","dag":"2024-02-29","när":"2023-11-14T22:13:20.123456Z","pris":"-0.01","andel":0.1,"stort":9223372036854775807,"ja":true,"person":"00ff"}""",
                """{"kommun":null,"dag":null,"när":null,"pris":null,"andel":null,"stort":null,"ja":null,"person":null}""",
                """{"kommun":"a\u001B[2Jb","dag":"1969-12-31","när":"1970-01-01T00:00:00Z","pris":"9999999.99","andel":"NaN","stort":-1,"ja":false,"person":"1234"}""",
            ],
            run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Run_Rows_GivesSoManyAndNothingThatTerminalsObey()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder.Path);
        Assert.Single((await CommandRun.OfAsync("inspect", path, "--rows", "1", "--json")).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty((await CommandRun.OfAsync("inspect", path, "--rows", "0", "--json")).Out);
        var table = (await CommandRun.OfAsync("inspect", path, "--all")).Out;
        Assert.Contains("Åmål", table, StringComparison.Ordinal);
        Assert.Contains(@"a\u001b[2Jb", table, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', table);
    }

    [Fact]
    public async Task Run_FileThatCannotBeRead_SaysWhatAndExitsWithInputUnreadable()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder.Path);
        var cut = Path.Combine(folder.Path, "cut.parquet");
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(cut, bytes[..^9], TestContext.Current.CancellationToken);
        var run = await CommandRun.OfAsync("inspect", cut);
        Assert.Equal((ExitCode.InputUnreadable, string.Empty), (run.Code, run.Out));
        Assert.Contains("NotParquet", run.Error, StringComparison.Ordinal);

        // A page that does not match its checksum is found when values are asked for, and its column and place are told.
        bytes[bytes.AsSpan().IndexOf("Åmål"u8)] ^= 0xFF;
        await File.WriteAllBytesAsync(cut, bytes, TestContext.Current.CancellationToken);
        run = await CommandRun.OfAsync("inspect", cut, "--all", "--json");
        Assert.Equal(ExitCode.InputUnreadable, run.Code);
        Assert.Contains("ChecksumMismatch", run.Error, StringComparison.Ordinal);
        Assert.Contains("kommun", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.InputUnreadable, (await CommandRun.OfAsync("inspect", Path.Combine(folder.Path, "none"))).Code);
    }

    [Theory]
    [InlineData("--rows", "-1")]
    [InlineData("--rows", "1", "--all")]
    [InlineData("--rows", "x")]
    public async Task Run_WrongOptions_ExitsWithUsage(params string[] options) =>
        Assert.Equal(ExitCode.Usage, (await CommandRun.OfAsync(["inspect", "file.parquet", .. options])).Code);

    private static string Write(string folder)
    {
        var path = Path.Combine(folder, "sample.parquet");
        ParquetColumnSpec[] columns =
        [
            ParquetColumnSpec.Text("kommun", optional: true), ParquetColumnSpec.Date("dag", optional: true),
            ParquetColumnSpec.Instant("när", optional: true),
            new("pris", ParquetPhysicalType.Int32, ParquetLogicalType.Decimal, true, Precision: 9, Scale: 2),
            ParquetColumnSpec.Of<double>("andel", optional: true), ParquetColumnSpec.Of<long>("stort", optional: true),
            ParquetColumnSpec.Of<bool>("ja", optional: true), ParquetColumnSpec.FixedBytes("person", 2, optional: true),
        ];
        var options = new ParquetWriterOptions { Codec = ParquetCodec.Brotli, PageVersion = 2, CreatedBy = "tester" };
        using var writer = ParquetWriter.Create(File.Create(path), columns, options);
        bool[] first = [true, false];
        var group = writer.StartRowGroup();
        group.WriteStrings(["Åmål", null]);
        group.WriteColumn<int>([19782, 0], first);
        group.WriteColumn<long>([1_700_000_000_123_456, 0], first);
        group.WriteColumn<int>([-1, 0], first);
        group.WriteColumn<double>([0.1, 0], first);
        group.WriteColumn<long>([long.MaxValue, 0], first);
        group.WriteColumn<bool>([true, false], first);
        group.WriteBytes([[0, 255], null]);
        group = writer.StartRowGroup();
        group.WriteStrings(["a\u001b[2Jb"]);
        group.WriteColumn<int>([-1]);
        group.WriteColumn<long>([0L]);
        group.WriteColumn<int>([999_999_999]);
        group.WriteColumn<double>([double.NaN]);
        group.WriteColumn<long>([-1L]);
        group.WriteColumn<bool>([false]);
        group.WriteBytes([[0x12, 0x34]]);
        writer.Close();
        return path;
    }
}
