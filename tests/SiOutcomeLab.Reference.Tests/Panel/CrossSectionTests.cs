using SiOutcomeLab.Statistics.Panel;

namespace SiOutcomeLab.Reference.Tests.Panel;

/// <summary>
/// Repeated cross-sections and unbalanced panels against did 2.5.1: effects to 1e-7; standard errors by a naive witness that has
/// DRDID's sign (1e-7 with did) and ours (1e-8 with the engine), so that the sign is the whole difference.
/// </summary>
public sealed class CrossSectionTests
{
    private static readonly FlatValues R = FlatValues.Did;

    [Theory]
    [InlineData("sim_rc")]
    [InlineData("sim_unbalanced_allow")]
    public void EstimateCrossSections_SimulatedRows_GivesEveryEffect(string block)
    {
        var rows = block == "sim_rc" ? SimulatedPanel.Rows(units: false) : SimulatedPanel.Rows(leaveOut: DidBlock.Dropped);
        var effects = Lalonde.Value(CallawaySantAnna.EstimateCrossSections(rows, cancellationToken: TestContext.Current.CancellationToken));
        // The sign costs did up to 1 % of an error here.
        DidBlock.Check(block, effects, 1e-7, 2e-2);

        var (kept, unit) = Kept(block);
        var drdid = new DrdidCrossSections(signBefore: 1);
        drdid.Estimate(kept, unit);
        var ours = new DrdidCrossSections(signBefore: -1);
        ours.Estimate(kept, unit);
        for (var i = 0; i < ours.Cells.Count; i++)
        {
            Close.To(R[$"{block}.att_gt.se{i + 1}"], DrdidCrossSections.Error(drdid.Cells[i].Influence), 1e-7, $"{block} {i}");
            var cell = Lalonde.Value(effects.Cells[i].Effect);
            Close.To(ours.Cells[i].Effect, cell.Value, 1e-8, $"{block} {i}");
            Close.To(DrdidCrossSections.Error(ours.Cells[i].Influence), cell.StandardError, 1e-8, $"{block} {i}");
        }

        Averages(block, drdid);
        var simple = Lalonde.Value(effects.Aggregate(Aggregation.Simple));
        Close.To(ours.BySize((group, period) => period >= group).Error, simple.Overall.StandardError, 1e-8, block);
    }

    private static void Averages(string block, DrdidCrossSections drdid)
    {
        Close.To(R[$"{block}.simple.overall_se"], drdid.BySize((group, period) => period >= group).Error, 1e-7, block);
        foreach (var (name, from, to) in new[] { ("dynamic", -5, 4), ("dynamic_bal1", -5, 1), ("dynamic_min2max2", -2, 2) })
        {
            var times = Enumerable.Range(from, to - from + 1).Select(e => drdid.BySize((group, period) => period - group == e)).ToArray();
            for (var k = 0; k < times.Length; k++) Close.To(R[$"{block}.{name}.by.se{k + 1}"], times[k].Error, 1e-7, $"{block}.{name} {k}");
            Close.To(R[$"{block}.{name}.overall_se"], Mean(times[-from..]), 1e-7, $"{block}.{name}");
        }

        var periods = Enumerable.Range(4, 5).Select(t => drdid.BySize((group, period) => period == t && period >= group)).ToArray();
        for (var k = 0; k < periods.Length; k++) Close.To(R[$"{block}.calendar.by.se{k + 1}"], periods[k].Error, 1e-7, $"{block}.calendar {k}");
        Close.To(R[$"{block}.calendar.overall_se"], Mean(periods), 1e-7, $"{block}.calendar");
        var groups = new[] { 4, 5, 7 }.Select(g => drdid.BySize((group, period) => group == g && period >= group)).ToArray();
        for (var k = 0; k < groups.Length; k++) Close.To(R[$"{block}.group.by.se{k + 1}"], groups[k].Error, 1e-7, $"{block}.group {k}");
    }

    private static double Mean((double Error, double[] Influence)[] parts) => DrdidCrossSections.Error(
        Enumerable.Range(0, parts[0].Influence.Length).Select(unit => parts.Average(part => part.Influence[unit])));

    private static (int[] Rows, int[] Unit) Kept(string block)
    {
        int[] all = [.. Enumerable.Range(0, SimulatedPanel.File.Count)];
        if (block == "sim_rc") return (all, all);
        int[] kept = [.. all.Where(row => !DidBlock.Dropped.Contains(row))];
        return (kept, [.. kept.Select(row => (int)SimulatedPanel.Id[row] - 1)]);
    }
}
