namespace SiOutcomeLab.Benchmarks.Rpc;

/// <summary>What a process has used since it started.</summary>
/// <param name="CpuSeconds">User and system time of all threads.</param>
/// <param name="AllocatedBytes">Managed memory, freed or not.</param>
internal sealed record Usage(double CpuSeconds, long AllocatedBytes)
{
    public static Usage Now() => new(Environment.CpuUsage.TotalTime.TotalSeconds, GC.GetTotalAllocatedBytes(precise: false));

    public static Usage operator -(Usage later, Usage earlier) =>
        new(later.CpuSeconds - earlier.CpuSeconds, later.AllocatedBytes - earlier.AllocatedBytes);
}
