namespace SiOutcomeLab.Benchmarks.Query;

/// <summary>A kind of read, by one kind of caller.</summary>
internal sealed class QueryRow(string who, string name)
{
    private readonly List<QueryLoadResult> _rounds = [];
    private readonly List<(double CpuMicroseconds, double Kilobytes)> _uses = [];

    public string Who { get; } = who;

    public string Name { get; } = name;

    public double Calls => Median(_rounds.Select(r => r.Calls));

    public double P50 => Median(_rounds.Select(r => r.P50));

    public double P99 => Median(_rounds.Select(r => r.P99));

    public double AnswerBytes => Median(_rounds.Select(r => r.AnswerBytes));

    /// <summary>Processor time of the hub for a call.</summary>
    public double CpuMicroseconds => Median(_uses.Select(u => u.CpuMicroseconds));

    /// <summary>Managed memory that the hub allocated for a call.</summary>
    public double Kilobytes => Median(_uses.Select(u => u.Kilobytes));

    public void Add(QueryLoadResult result, QueryUse before, QueryUse after, TimeSpan time)
    {
        var calls = result.Calls * time.TotalSeconds;
        _rounds.Add(result);
        _uses.Add(((after.CpuSeconds - before.CpuSeconds) * 1e6 / calls, (after.AllocatedBytes - before.AllocatedBytes) / 1024.0 / calls));
    }

    public string Line(QueryRow empty) =>
        $"{Who,-10} {Name,-28} {Calls,8:F0} calls/s ({Calls / empty.Calls:F2} of empty)  p50 {P50:F2} ms  p99 {P99:F2} ms  {AnswerBytes:F0} B  hub {CpuMicroseconds:F0} µs, {Kilobytes:F1} KB a call";

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
