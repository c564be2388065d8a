namespace SiOutcomeLab.Benchmarks.Rpc;

/// <summary>One window of one case and pair.</summary>
/// <param name="Load">What the client did and used.</param>
/// <param name="Server">What the server used meanwhile.</param>
internal sealed record RpcSample(Load Load, Usage Server)
{
    /// <summary>Units a second.</summary>
    public double Rate => Load.Units / Load.Seconds;
}

/// <summary>All rounds of one case and pair: medians.</summary>
/// <param name="Case">What was measured.</param>
/// <param name="Client">Whose client.</param>
/// <param name="Server">Whose server.</param>
/// <param name="Rate">Units a second.</param>
/// <param name="P50">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
/// <param name="ServerCpu">Microseconds a unit.</param>
/// <param name="ServerBytes">Bytes allocated a unit.</param>
/// <param name="ClientCpu">Microseconds a unit.</param>
/// <param name="ClientBytes">Bytes allocated a unit.</param>
/// <param name="Ratio">Median over the rounds of this rate over the baseline's in the same round.</param>
internal sealed record RpcRow(
    string Case,
    string Client,
    string Server,
    Timing Rate,
    double? P50,
    double? P99,
    double ServerCpu,
    double ServerBytes,
    double ClientCpu,
    double ClientBytes,
    double Ratio)
{
    public static RpcRow Of(RpcCase rpcCase, RpcPair pair, IReadOnlyList<RpcSample> samples, IReadOnlyList<RpcSample> baseline)
    {
        double[] rates = [.. samples.Select(s => s.Rate).Order()];
        var latencies = samples.All(s => s.Load.P50 is not null);
        return new RpcRow(
            rpcCase.Name,
            pair.Client,
            pair.Server,
            new Timing(Median(rates), rates[0], rates[^1]),
            latencies ? Median(samples.Select(s => s.Load.P50!.Value)) : null,
            latencies ? Median(samples.Select(s => s.Load.P99!.Value)) : null,
            Median(samples.Select(s => s.Server.CpuSeconds * 1e6 / s.Load.Units)),
            Median(samples.Select(s => s.Server.AllocatedBytes / s.Load.Units)),
            Median(samples.Select(s => s.Load.Used.CpuSeconds * 1e6 / s.Load.Units)),
            Median(samples.Select(s => s.Load.Used.AllocatedBytes / s.Load.Units)),
            Median(samples.Zip(baseline, (ours, theirs) => ours.Rate / theirs.Rate)));
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
