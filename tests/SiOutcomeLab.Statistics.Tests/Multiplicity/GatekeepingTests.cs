using SiOutcomeLab.Statistics.Multiplicity;

namespace SiOutcomeLab.Statistics.Tests.Multiplicity;

public sealed class GatekeepingTests
{
    [Fact]
    public void Adjust_SerialFamilies_CarriesTheGateOn()
    {
        var adjusted = SerialGatekeeping.Adjust([[0.01], [0.02, 0.004], [0.001, 0.5], [0.001]]);
        AdjustedPValuesTests.Close([0.01], adjusted[0]);
        AdjustedPValuesTests.Close([0.02, 0.01], adjusted[1]);
        AdjustedPValuesTests.Close([0.02, 0.5], adjusted[2]);
        AdjustedPValuesTests.Close([0.5], adjusted[3]);
        Assert.Throws<ArgumentException>(() => SerialGatekeeping.Adjust([[0.1]], Adjustment.BenjaminiHochberg));
    }

    [Fact]
    public void Adjust_GraphsOfHolmAndFixedSequence_AreThoseProcedures()
    {
        double[] p = [0.03, 0.01, 0.02, 0.2];
        double[] all = [.. Enumerable.Range(0, 16).Select(k => k / 4 == k % 4 ? 0 : 1 / 3.0)];
        AdjustedPValuesTests.Close(
            AdjustedPValues.Adjust(p, Adjustment.Holm), GraphicalProcedure.Adjust(p, [0.25, 0.25, 0.25, 0.25], all));
        double[] chain = [.. Enumerable.Range(0, 16).Select(k => k % 4 == (k / 4) + 1 ? 1.0 : 0)];
        AdjustedPValuesTests.Close(FixedSequence.Adjust(p), GraphicalProcedure.Adjust(p, [1, 0, 0, 0], chain));
    }

    [Fact]
    public void Adjust_RandomGraphs_AreTheWeightedClosedTest()
    {
        var random = new Random(17);
        for (var draw = 0; draw < 40; draw++)
        {
            var n = 2 + (draw % 4);
            var p = Enumerable.Range(0, n).Select(_ => Math.Pow(random.NextDouble(), 2) * 0.3).ToArray();
            var w = Shares(random, n, -1);
            var g = Enumerable.Range(0, n).SelectMany(i => Shares(random, n, i)).ToArray();
            var expected = ClosedTesting.Adjust(p, members =>
            {
                var weights = Weights(w, g, members);
                return members.Min(i => weights[i] > 0 ? p[i] / weights[i] : double.PositiveInfinity);
            });
            AdjustedPValuesTests.Close(expected, GraphicalProcedure.Adjust(p, w, g));
        }
    }

    [Fact]
    public void Adjust_BadGraph_Throws()
    {
        Assert.Throws<ArgumentException>(() => GraphicalProcedure.Adjust([0.1, 0.1], [0.6, 0.6], [0, 1, 1, 0]));
        Assert.Throws<ArgumentException>(() => GraphicalProcedure.Adjust([0.1, 0.1], [0.5, 0.5], [0.5, 0.5, 1, 0]));
        Assert.Throws<ArgumentException>(() => GraphicalProcedure.Adjust([0.1, 0.1], [0.5, 0.5], [0, 1, 1]));
    }

    // Where a lost share of the level ends up: it walks the graph until it meets a member or leaves, so follow it long enough.
    private static double[] Weights(double[] w, double[] g, int[] members)
    {
        var n = w.Length;
        var arrived = new double[n];
        var walking = (double[])w.Clone();
        for (var step = 0; step < 4000; step++)
        {
            var next = new double[n];
            for (var i = 0; i < n; i++)
            {
                if (members.Contains(i)) arrived[i] += walking[i];
                else for (var j = 0; j < n; j++) next[j] += walking[i] * g[(i * n) + j];
            }

            walking = next;
        }

        return arrived;
    }

    private static double[] Shares(Random random, int n, int none)
    {
        double[] raw = [.. Enumerable.Range(0, n).Select(i => i == none || random.NextDouble() < 0.3 ? 0 : random.NextDouble())];
        var scale = Math.Max(raw.Sum(), 1e-9) / 0.98;
        return [.. raw.Select(value => value / scale)];
    }
}
