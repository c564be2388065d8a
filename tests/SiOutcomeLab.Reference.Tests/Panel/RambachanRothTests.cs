using SiOutcomeLab.Statistics.Panel;

namespace SiOutcomeLab.Reference.Tests.Panel;

/// <summary>Event study of cohort 5 and the intervals that allow for trends that are not parallel, against R.</summary>
public sealed class RambachanRothTests
{
    private static readonly FlatValues R = FlatValues.HonestDid;

    private static readonly FixedEffectsFit Study = Lalonde.Value(TwoWayFixedEffects.EventStudy(SimulatedPanel.Rows(
        covariates: false,
        leaveOut: [.. Enumerable.Range(0, SimulatedPanel.File.Count).Where(i => SimulatedPanel.First[i] is not (5 or PanelRows.NeverTreated))])));

    private static readonly double[,] Covariance = Lalonde.Value(Study.Covariance()).Matrix;

    [Fact]
    public void EventStudy_OneCohort_GivesEstimatesAndCovariance()
    {
        Assert.Equal(R["eventstudy.npre"] + R["eventstudy.npost"], Study.Coefficients.Count);
        for (var j = 0; j < 7; j++)
        {
            Close.To(R[$"eventstudy.beta{j + 1}"], Study.Coefficients[j], 1e-9);
            for (var k = 0; k < 7; k++) Close.To(R[$"eventstudy.V{(j * 7) + k + 1}"], Covariance[j, k], 1e-9);
        }

        var error = 1.959963984540054 * Math.Sqrt(Covariance[3, 3]);
        Close.To(R["original.lb"], Study.Coefficients[3] - error, 1e-8);
        Close.To(R["original.ub"], Study.Coefficients[3] + error, 1e-8);
    }

    [Theory]
    [InlineData("FLCI_DeltaSD_first_post", 5)]
    [InlineData("FLCI_DeltaSD_avg_post", 3)]
    public void Smoothness_AnyBound_GivesTheInterval(string block, int bounds)
    {
        double[] weights = block == "FLCI_DeltaSD_avg_post" ? [0.25, 0.25, 0.25, 0.25] : [];
        for (var k = 1; k <= bounds; k++)
        {
            var nth = k == 1 ? "" : $"#{k}";
            double[] b = [.. Study.Coefficients];
            var found = Lalonde.Value(RambachanRoth.Smoothness(b.AsSpan(0, 3), b.AsSpan(3), Covariance, R[$"{block}.res.M{nth}"], weights));
            // R's search ends at a half-length good to 1e-10 or so; at a minimum that leaves half the digits to everything else.
            Close.To(R[$"{block}.res.half{nth}"], found.HalfLength, 1e-8, $"half {k}");
            Near("est", found.Estimate);
            Near("lb", found.Low);
            Near("ub", found.High);
            Near("bias", found.WorstBias);
            Near("sd", found.StandardError);
            for (var j = 0; j < 3; j++) Near($"w_pre{j + 1}", found.WeightsBefore[j]);

            void Near(string name, double actual) => Assert.Equal(R[$"{block}.res.{name}{nth}"], actual, 2e-5);
        }
    }

    [Fact]
    public void RelativeMagnitude_PlugIn_GivesTheSet()
    {
        double[] b = [.. Study.Coefficients];
        for (var k = 1; k <= 3; k++)
        {
            var nth = k == 1 ? "" : $"#{k}";
            var (low, high) = RambachanRoth.RelativeMagnitude(b.AsSpan(0, 3), b[3], R[$"RM_identified_set_plugin.res.Mbar{nth}"]);
            Close.To(R[$"RM_identified_set_plugin.res.lb.time::5:D{nth}"], low, 1e-9);
            Close.To(R[$"RM_identified_set_plugin.res.ub.time::5:D{nth}"], high, 1e-9);
        }
    }
}
