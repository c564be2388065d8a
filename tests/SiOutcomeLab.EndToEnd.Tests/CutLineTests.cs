namespace SiOutcomeLab.EndToEnd.Tests;

/// <summary>The network cut in the middle, at places drawn from seeds: the push goes on by itself, and the hub has the file once.</summary>
public sealed class CutLineTests(ITestOutputHelper output)
{
    private const int Rows = 60_000;

    [Theory]
    [InlineData(1, 1, 2_000)]
    [InlineData(2, 10_000, 400_000)]
    [InlineData(3, 200_000, 2_500_000)]
    public async Task Push_OverALineThatCuts_ArrivesOnceAndUnchanged(int seed, int least, int most)
    {
        using var folder = new TemporaryFolder();
        await using var hub = await HubProcess.StartAsync(Path.Combine(folder.Path, "hub"), 3600);
        var delivery = await MadeDelivery.WriteAsync(Path.Combine(folder.Path, "delivery"), "cut-line", Rows, seed);
        var size = new FileInfo(Path.Combine(delivery, "observations.parquet")).Length;
        await using var line = new CuttingLine(new Uri(hub.Grpc), cuts: 12, (least, most), seed);
        var trace = new PushTrace();

        var outcome = await trace.PushAsync(line.Address, hub.Token, delivery, PushTrace.Quick(seed));
        var again = await new PushTrace().PushAsync(hub.Grpc, hub.Token, delivery, PushTrace.Quick(seed));

        output.WriteLine(
            $"seed {seed}: {size:N0} bytes, {line.Cuts} cuts, {outcome.Attempts} new attempts ({string.Join(' ', trace.Failures)}), {outcome.BytesSent:N0} bytes handed to the network");
        Assert.True(line.Cuts >= 5, $"Only {line.Cuts} connections were cut.");
        Assert.False(outcome.IsRefused);
        Assert.Equal(size, outcome.Answer.Accepted.Receipt.Files[0].Bytes);
        Assert.Equal(Rows, outcome.Answer.Accepted.Receipt.Files[0].Rows);
        Assert.True(again.WasThere);
        Assert.Equal(0, again.BytesSent);
        Assert.Equal(outcome.Answer.Accepted.ReceiptBytes, again.Answer.Accepted.ReceiptBytes);

        // What is sent twice is only what was under way: no more than the windows and buffers of a connection hold, per cut.
        Assert.InRange(outcome.BytesSent, size, size + (line.Cuts * 4L * 1024 * 1024));
    }

    [Fact]
    public async Task Push_OverALineThatNeverHolds_GetsThroughPieceByPiece()
    {
        using var folder = new TemporaryFolder();
        await using var hub = await HubProcess.StartAsync(Path.Combine(folder.Path, "hub"), 3600);
        var delivery = await MadeDelivery.WriteAsync(Path.Combine(folder.Path, "delivery"), "cut-line", 5_000, 6);
        await using var line = new CuttingLine(new Uri(hub.Grpc), cuts: int.MaxValue, (80_000, 160_000), 6);
        var settings = PushTrace.Quick(6) with { LongestPause = TimeSpan.FromMilliseconds(100) };

        var outcome = await new PushTrace().PushAsync(line.Address, hub.Token, delivery, settings);

        output.WriteLine($"{line.Cuts} cuts, {outcome.BytesSent:N0} bytes handed to the network");
        Assert.False(outcome.IsRefused);
        Assert.True(line.Cuts >= 5, $"Only {line.Cuts} connections were cut.");
    }

    [Fact]
    public async Task SilabPush_OverALineThatCuts_TellsOfItKeepsTheReceiptAndEndsWell()
    {
        using var folder = new TemporaryFolder();
        await using var hub = await HubProcess.StartAsync(Path.Combine(folder.Path, "hub"), 3600);
        var delivery = await MadeDelivery.WriteAsync(Path.Combine(folder.Path, "delivery"), "cut-line", Rows, 4);
        await using var line = new CuttingLine(new Uri(hub.Grpc), cuts: 3, (500_000, 1_500_000), 4);

        var (code, said) = await Silab.RunAsync("push", delivery, "--hub", line.Address, "--token", hub.Token, "--lang", "en");

        Assert.True(code == 0, said);
        Assert.Contains("Cut (", said, StringComparison.Ordinal);
        Assert.Contains("Received and durably kept.", said, StringComparison.Ordinal);
        var receipt = Assert.Single(Directory.GetFiles(delivery, "receipt-*.json"));
        var shown = await Silab.OutputOfAsync(
            "submissions", "receipt", Path.GetFileName(receipt)["receipt-".Length..^".json".Length], "--hub", hub.Grpc, "--token", hub.Token, "--json");
        Assert.Equal(await File.ReadAllTextAsync(receipt, Cancel.Token), shown);
    }

    [Fact]
    public async Task SilabPush_WhenTheHubNeverAnswers_GivesUpWithACodeOfItsOwn()
    {
        using var folder = new TemporaryFolder();
        var delivery = await MadeDelivery.WriteAsync(Path.Combine(folder.Path, "delivery"), "cut-line", 10, 5);

        var (code, said) = await Silab.RunAsync(
            "push", delivery, "--hub", "http://127.0.0.1:1", "--token", "none", "--give-up-after", "0.02", "--lang", "en");

        Assert.Equal(16, code);
        Assert.Contains("Run the same command again", said, StringComparison.Ordinal);
    }
}
