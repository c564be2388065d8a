namespace SiOutcomeLab.Benchmarks.Rpc;

/// <summary>The four processes of a run: two servers, two clients. Only one pair works at a time.</summary>
internal sealed class RpcBench : IAsyncDisposable
{
    /// <summary>Enough for the runtime to compile what is hot a second time.</summary>
    private const double WarmUpSeconds = 2;

    private readonly Dictionary<(string Role, string Stack), Worker> _workers = [];

    public static async Task<RpcBench> StartAsync(CancellationToken cancellationToken)
    {
        var bench = new RpcBench();
        try
        {
            foreach (var role in new[] { "server", "client" })
            {
                foreach (var stack in new[] { Worker.Bare, Worker.Ours })
                {
                    bench._workers.Add((role, stack), await Worker.StartAsync(role, stack, cancellationToken));
                }
            }

            return bench;
        }
        catch
        {
            await bench.DisposeAsync();
            throw;
        }
    }

    /// <summary>Measures one case with all pairs, after a round that warms up and is thrown away.</summary>
    public async Task<IReadOnlyList<RpcRow>> MeasureAsync(
        RpcCase rpcCase, int rounds, double seconds, CancellationToken cancellationToken)
    {
        var samples = RpcPair.All.ToDictionary(pair => pair, _ => new List<RpcSample>());
        for (var round = 0; round <= rounds; round++)
        {
            // Each round begins with another pair, so that none always follows the same one.
            for (var i = 0; i < RpcPair.All.Count; i++)
            {
                var pair = RpcPair.All[(i + round) % RpcPair.All.Count];
                var sample = await RunAsync(rpcCase, pair, round == 0 ? WarmUpSeconds : seconds, cancellationToken);
                if (round > 0) samples[pair].Add(sample);
            }
        }

        return [.. RpcPair.All.Select(pair => RpcRow.Of(rpcCase, pair, samples[pair], samples[RpcPair.Baseline]))];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers.Values) await worker.DisposeAsync();
    }

    private async Task<RpcSample> RunAsync(RpcCase rpcCase, RpcPair pair, double seconds, CancellationToken cancellationToken)
    {
        var server = _workers[("server", pair.Server)];
        var client = _workers[("client", pair.Client)];
        var order = new LoadOrder(server.Greeting, rpcCase.Concurrency, seconds, rpcCase.ChunkBytes);
        var before = await server.AskAsync<Usage>("usage", cancellationToken);
        var load = await client.AskAsync<Load>(order, cancellationToken);
        var after = await server.AskAsync<Usage>("usage", cancellationToken);
        return new RpcSample(load, after - before);
    }
}
