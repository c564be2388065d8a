namespace SiOutcomeLab.Benchmarks.Intake;

/// <summary>All runs at one number of threads.</summary>
internal sealed record IntakeRow(int Threads)
{
    /// <summary>The ways in which DuckDB checks.</summary>
    public static IReadOnlyList<string> DuckWays { get; } = ["quick", "counted"];

    public List<IntakeRun> Ours { get; } = [];

    public List<DuckRun> Duck { get; } = [];

    /// <summary>Median over rounds of a figure of our own step.</summary>
    public double Median(string step, Func<IntakeRun, double> figure) => Middle(Ours.Where(r => r.Step == step).Select(figure));

    /// <summary>Median over rounds of a figure of DuckDB's.</summary>
    public double Median(string how, Func<DuckRun, double> figure) => Middle(Duck.Where(r => r.How == how).Select(figure));

    /// <summary>Our rows a second over DuckDB's in the same round: the median of the rounds.</summary>
    public double Ratio(string step, string how) => Middle(Paired(step, how).Select(p => p.Duck.Seconds / p.Ours.Seconds));

    /// <summary>The same by processor time, which other work on the machine disturbs least.</summary>
    public double CpuRatio(string step, string how) => Middle(Paired(step, how).Select(p => p.Duck.Cpu / p.Ours.Cpu));

    private IEnumerable<(IntakeRun Ours, DuckRun Duck)> Paired(string step, string how) =>
        Ours.Where(r => r.Step == step).Zip(Duck.Where(r => r.How == how));

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}

/// <summary>What DuckDB's three statements cost.</summary>
internal sealed record DuckRun(
    string How, long Rows, long Faults, long Duplicates, string Version, double Seconds, double Cpu, double PeakMegabytes,
    DuckStep Check, DuckStep Unique, DuckStep Write);

/// <summary>One statement's cost.</summary>
internal sealed record DuckStep(double Seconds, double Cpu);
