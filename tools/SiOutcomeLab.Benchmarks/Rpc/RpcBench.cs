namespace SiOutcomeLab.Benchmarks.Rpc;

/// <summary>The four processes of a run: two servers, two clients. Only one pair works at a time.</summary>
internal sealed class RpcBench : IAsyncDisposable
{
    private const double WarmUpSeconds = 1;
    private const int WarmUpWindows = 8;

    /// <summary>
    /// Share of a window that the just-in-time compiler may still take when measuring begins. It recompiles what is hot in several
    /// steps, for seconds on a busy machine, and for longer the more code a stack has: that would count against the larger one.
    /// </summary>
    private const double CompilerShare = 0.01;

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

    /// <summary>Measures one case with all pairs, each warmed up before.</summary>
    public async Task<IReadOnlyList<RpcRow>> MeasureAsync(
        RpcCase rpcCase, int rounds, double seconds, CancellationToken cancellationToken)
    {
        var samples = RpcPair.All.ToDictionary(pair => pair, _ => new List<RpcSample>());
        foreach (var pair in RpcPair.All) await WarmUpAsync(rpcCase, pair, cancellationToken);
        for (var round = 0; round < rounds; round++)
        {
            // Each round begins with another pair, so that none always follows the same one.
            for (var i = 0; i < RpcPair.All.Count; i++)
            {
                var pair = RpcPair.All[(i + round) % RpcPair.All.Count];
                samples[pair].Add(await RunAsync(rpcCase, pair, seconds, cancellationToken));
            }
        }

        return [.. RpcPair.All.Select(pair => RpcRow.Of(rpcCase, pair, samples[pair], samples[RpcPair.Baseline]))];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers.Values) await worker.DisposeAsync();
    }

    private async Task WarmUpAsync(RpcCase rpcCase, RpcPair pair, CancellationToken cancellationToken)
    {
        for (var window = 0; window < WarmUpWindows; window++)
        {
            var (load, server) = await RunAsync(rpcCase, pair, WarmUpSeconds, cancellationToken);
            if (load.Used.CompilerSeconds + server.CompilerSeconds < CompilerShare * load.Seconds) return;
        }
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
