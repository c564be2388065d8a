using System.Diagnostics;
using System.Text.Json;

namespace SiOutcomeLab.Benchmarks.Rpc;

/// <summary>A client process: runs the load that each line of its input asks for, and answers with what it measured.</summary>
internal static class ClientRole
{
    private const int PayloadBytes = 100;
    private const int UploadBytes = 100_000_000;

    public static async Task<int> RunAsync(string stack, CancellationToken cancellationToken)
    {
        var clients = new Dictionary<string, IEchoClient>(StringComparer.Ordinal);
        Console.WriteLine(JsonSerializer.Serialize(stack));
        while (await Console.In.ReadLineAsync(cancellationToken) is { } line)
        {
            var order = JsonSerializer.Deserialize<LoadOrder>(line) ?? throw new InvalidDataException("An order was empty.");
            if (!clients.TryGetValue(order.Address, out var client))
            {
                client = stack == Worker.Ours ? new StubClient(order.Address, PayloadBytes) : new BareClient(order.Address, PayloadBytes);
                clients.Add(order.Address, client);
            }

            var load = order.ChunkBytes > 0
                ? await UploadAsync(client, order.ChunkBytes, cancellationToken)
                : await UnaryAsync(client, order.Concurrency, order.Seconds, cancellationToken);
            Console.WriteLine(JsonSerializer.Serialize(load));
        }

        foreach (var client in clients.Values) client.Dispose();
        return 0;
    }

    private static async Task<Load> UnaryAsync(IEchoClient client, int concurrency, double seconds, CancellationToken cancellationToken)
    {
        var before = Usage.Now();
        var start = Stopwatch.GetTimestamp();
        var end = start + (long)(seconds * Stopwatch.Frequency);
        var loops = await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(
            async () =>
            {
                List<long> ticks = [];
                for (var from = Stopwatch.GetTimestamp(); from < end; from = Stopwatch.GetTimestamp())
                {
                    await client.UnaryAsync(cancellationToken);
                    ticks.Add(Stopwatch.GetTimestamp() - from);
                }

                return ticks;
            },
            cancellationToken)));
        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var used = Usage.Now() - before;
        long[] all = [.. loops.SelectMany(ticks => ticks).Order()];
        return new Load(all.Length, elapsed, Milliseconds(all[all.Length / 2]), Milliseconds(all[(int)(all.Length * 0.99)]), used);
    }

    private static async Task<Load> UploadAsync(IEchoClient client, int chunkBytes, CancellationToken cancellationToken)
    {
        var chunks = UploadBytes / chunkBytes;
        // Upload buffers are large objects: without this a round would pay for the garbage of the one before.
        GC.Collect();
        var before = Usage.Now();
        var start = Stopwatch.GetTimestamp();
        await client.UploadAsync(chunkBytes, chunks, cancellationToken);
        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new Load((double)chunks * chunkBytes / 1e6, elapsed, null, null, Usage.Now() - before);
    }

    private static double Milliseconds(long ticks) => ticks * 1e3 / Stopwatch.Frequency;
}
