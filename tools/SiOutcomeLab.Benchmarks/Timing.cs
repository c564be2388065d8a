using System.Diagnostics;

namespace SiOutcomeLab.Benchmarks;

/// <summary>Seconds of repeated runs of one piece of work.</summary>
internal sealed record Timing(double Median, double Minimum, double Maximum)
{
    /// <summary>Runs once to warm up, then as often as asked, collecting garbage before each run as R's harness does.</summary>
    public static (Timing Timing, T Result) Of<T>(int repetitions, Func<T> work)
    {
        var result = work();
        var seconds = new double[repetitions];
        for (var i = 0; i < repetitions; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            var start = Stopwatch.GetTimestamp();
            result = work();
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        Array.Sort(seconds);
        return (new Timing(seconds[repetitions / 2], seconds[0], seconds[^1]), result);
    }
}
