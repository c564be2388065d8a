namespace SiOutcomeLab.Rpc.Tests;

/// <summary>The one place that reads the clock for a call's deadline, which gRPC's interface wants as an instant in UTC.</summary>
internal static class Deadline
{
    public static DateTime In(TimeSpan time) => TimeProvider.System.GetUtcNow().UtcDateTime + time;
}
