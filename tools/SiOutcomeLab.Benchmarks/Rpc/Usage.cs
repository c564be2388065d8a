using System.Runtime;

namespace SiOutcomeLab.Benchmarks.Rpc;

/// <summary>What a process has used since it started.</summary>
/// <param name="CpuSeconds">User and system time of all threads.</param>
/// <param name="AllocatedBytes">Managed memory, freed or not.</param>
/// <param name="CompilerSeconds">Time of the just-in-time compiler on all threads.</param>
internal sealed record Usage(double CpuSeconds, long AllocatedBytes, double CompilerSeconds)
{
    public static Usage Now() => new(
        Environment.CpuUsage.TotalTime.TotalSeconds,
        GC.GetTotalAllocatedBytes(precise: false),
        JitInfo.GetCompilationTime(currentThread: false).TotalSeconds);

    public static Usage operator -(Usage later, Usage earlier) =>
        new(
            later.CpuSeconds - earlier.CpuSeconds,
            later.AllocatedBytes - earlier.AllocatedBytes,
            later.CompilerSeconds - earlier.CompilerSeconds);
}
