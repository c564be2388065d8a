using System.Diagnostics;

namespace SiOutcomeLab.Benchmarks.Cohorts;

/// <summary>Elapsed and processor seconds; on a machine that others use too, the latter tell more.</summary>
internal sealed record Took(Timing Wall, Timing Processor);

/// <summary>How long one piece of work took, lap by lap.</summary>
internal sealed class Laps
{
    private readonly List<double> _wall = [];
    private readonly List<double> _processor = [];

    public Took Took => new(Middle(_wall), Middle(_processor));

    /// <param name="counts">Whether the lap is kept; a warm-up's is not.</param>
    /// <param name="work">The work.</param>
    public async Task TakeAsync(bool counts, Func<Task> work)
    {
        GC.Collect();
        var start = Stopwatch.GetTimestamp();
        var processor = Environment.CpuUsage.TotalTime;
        await work();
        if (!counts) return;
        _processor.Add((Environment.CpuUsage.TotalTime - processor).TotalSeconds);
        _wall.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    public Timing ProcessorBeside(Laps other) => Middle(Ratios(_processor, other._processor));

    public Timing WallBeside(Laps other) => Middle(Ratios(_wall, other._wall));

    private static List<double> Ratios(List<double> these, List<double> others) => [.. these.Zip(others, (a, b) => a / b)];

    private static Timing Middle(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new Timing(sorted[sorted.Length / 2], sorted[0], sorted[^1]);
    }
}
