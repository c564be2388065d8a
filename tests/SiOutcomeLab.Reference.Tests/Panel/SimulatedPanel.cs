using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Panel;

namespace SiOutcomeLab.Reference.Tests.Panel;

/// <summary>sim_staggered.csv: 400 units, 8 periods, cohorts 4, 5, 7 and never, two covariates, 40 clusters.</summary>
internal static class SimulatedPanel
{
    public static readonly ReferenceTable File = ReferenceTable.Read("sim_staggered.csv");
    public static readonly long[] Id = [.. File.Numbers("id").Select(id => (long)id)];
    public static readonly int[] Time = Whole("time");
    public static readonly int[] First = [.. Whole("g").Select(g => g == 0 ? PanelRows.NeverTreated : g)];
    public static readonly int[] Cluster = Whole("cluster");
    public static readonly double[] Weight = File.Numbers("w");
    public static readonly double[] Outcome = File.Numbers("y");
    public static readonly double[] X1 = File.Numbers("x1");
    public static readonly double[] X2 = File.Numbers("x2");

    public static PanelRows Rows(
        bool covariates = true, bool weights = false, bool clusters = false, bool units = true, params ReadOnlySpan<int> leaveOut)
    {
        var left = leaveOut.ToArray();
        int[] kept = [.. Enumerable.Range(0, File.Count).Where(row => !left.Contains(row))];
        T[] Of<T>(T[] all) => [.. kept.Select(row => all[row])];
        return new PanelRows(
            units ? Of(Id) : [],
            Of(Time),
            Of(First),
            Of(Outcome),
            covariates ? DesignMatrix.FromColumns([("x1", Of(X1)), ("x2", Of(X2))]) : null,
            weights ? Of(Weight) : [],
            clusters ? Of(Cluster) : []);
    }

    private static int[] Whole(string column) => [.. File.Numbers(column).Select(value => (int)value)];
}
