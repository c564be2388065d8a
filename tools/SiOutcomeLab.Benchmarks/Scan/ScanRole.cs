using System.Diagnostics;
using System.Text.Json;

namespace SiOutcomeLab.Benchmarks.Scan;

/// <summary>Our side in a process of its own: scans once for every line it is given, until its input ends.</summary>
internal static class ScanRole
{
    public static async Task<int> RunAsync(string path, int batchRows, CancellationToken cancellationToken)
    {
        var scan = new ColumnScan(batchRows);
        while (await Console.In.ReadLineAsync(cancellationToken) is not null)
        {
            var (start, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            var sums = scan.Run(path);
            var (wall, used) = (Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
            using var self = Process.GetCurrentProcess();
            var reply = new ScanReply(wall, used, self.PeakWorkingSet64 / 1e6, sums);
            Console.WriteLine(JsonSerializer.Serialize(reply, JsonSerializerOptions.Web));
        }

        return 0;
    }
}
