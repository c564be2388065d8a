using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Matching;

/// <summary>Turns pairs into a matched sample: checks every pair, counts, and weights.</summary>
internal static class PairAssembly
{
    /// <param name="method">The method's name.</param>
    /// <param name="rules">What every pair must fulfil.</param>
    /// <param name="controls">Controls per treated row, width a row, −1 for none, in the order of all treated rows.</param>
    /// <param name="distances">The distance of each pair; same layout.</param>
    /// <param name="width">Most controls of a treated row.</param>
    /// <param name="capacity">Most treated rows of a control.</param>
    public static Estimable<MatchedSample> Of(
        string method, PairRules rules, int[] controls, double[] distances, int width, int capacity)
    {
        var treatedRows = rules.TreatedRows;
        var uses = new int[rules.Rows];
        var weights = new double[rules.Rows];
        var replacement = capacity > 1;
        int[] subclasses = replacement ? [] : new int[rules.Rows];
        Array.Fill(subclasses, -1);
        CompensatedSum total = default;
        int found = 0, treatedMatched = 0;
        for (var i = 0; i < treatedRows.Length; i++)
        {
            var row = treatedRows[i];
            var mine = controls.AsSpan(i * width, width);
            var count = width - mine.Count(-1);
            if (count == 0) continue;

            var share = 1.0 / count;
            for (var k = 0; k < width; k++)
            {
                var control = mine[k];
                if (control < 0) continue;
                rules.Require(row, control);
                if (width > 1 && mine[..k].Contains(control)) throw PairRules.Broken("a treated row has one control twice");
                if (++uses[control] > capacity) throw PairRules.Broken("a control serves more treated rows than allowed");
                total.Add(distances[(i * width) + k]);
                weights[control] += share;
                if (!replacement) subclasses[control] = i;
            }

            weights[row] = 1;
            if (!replacement) subclasses[row] = i;
            found += count;
            treatedMatched++;
        }

        if (found == 0)
        {
            return Estimable.Not<MatchedSample>(
                NotEstimableReason.TooFewMatches, $"None of {treatedRows.Length} treated rows has a control within caliper and stratum.");
        }

        // The weights of controls add up to the number of treated matched; MatchIt wants their mean to be one.
        var controlsMatched = uses.Length - uses.AsSpan().Count(0);
        var scale = controlsMatched / (double)treatedMatched;
        foreach (var row in rules.Controls) weights[row] *= scale;
        return Estimable.Of(new MatchedSample(method, treatedRows, controls, width, weights, subclasses)
        {
            Replacement = replacement,
            SumOfDistances = total.Value,
            CaliperWidth = rules.MeasureCaliper?.Width ?? double.PositiveInfinity,
            Pairs = found,
            TreatedMatched = treatedMatched,
            TreatedDropped = treatedRows.Length - treatedMatched,
            ControlsMatched = controlsMatched
        });
    }
}
