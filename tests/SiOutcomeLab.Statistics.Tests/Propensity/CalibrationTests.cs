using SiOutcomeLab.Statistics.Balance;
using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Statistics.Tests.Propensity;

public sealed class CalibrationTests
{
    private const int Rows = 1_003;
    private static readonly Simulated Data = Simulated.Draw(Rows, 71);
    private static readonly PropensityFit Fit = new LogisticRegression().Fit(Data.X, Data.Treated).Value();
    private static readonly double[] LogOdds = Fit.LinearPredictors.ToArray();

    [Fact]
    public void Compute_OwnRowsOfMaximumLikelihood_IsPerfect()
    {
        var calibration = Calibration.Compute(LogOdds, Data.Treated).Value();
        Assert.Equal(0, calibration.Intercept, 1e-10);
        Assert.Equal(1, calibration.Slope.Value, 1e-9);
    }

    [Fact]
    public void Compute_TooExtremeAndShifted_SaysSo()
    {
        double[] extreme = [.. LogOdds.Select(value => (2 * value) + 0.7)];
        var calibration = Calibration.Compute(extreme, Data.Treated).Value();
        Assert.Equal(0.5, calibration.Slope.Value, 1e-9);
        var gap = extreme.Select((value, i) => (1 / (1 + Math.Exp(-value - calibration.Intercept))) - (Data.Treated[i] ? 1 : 0)).Sum();
        Assert.Equal(0, gap, 1e-8);
        Assert.True(Math.Abs(calibration.Intercept) > 0.05);
    }

    [Fact]
    public void Compute_BrierAndBins_AreRecounts()
    {
        var calibration = Calibration.Compute(LogOdds, Data.Treated).Value();
        var scores = Fit.Scores.ToArray();
        var brier = scores.Select((e, i) => Math.Pow((Data.Treated[i] ? 1 : 0) - e, 2)).Average();
        Assert.Equal(brier, calibration.Brier, 1e-14);
        var share = Data.Treated.Count(t => t) / (double)Rows;
        Assert.Equal(1 - (brier / (share * (1 - share))), calibration.ScaledBrier, 1e-12);
        Assert.Equal(10, calibration.Bins.Count);
        Assert.Equal(Rows, calibration.Bins.Sum(bin => bin.Rows));
        int[] order = [.. Enumerable.Range(0, Rows).OrderBy(i => scores[i])];
        var (first, last) = (order.Take(calibration.Bins[0].Rows).ToList(), order.TakeLast(calibration.Bins[9].Rows).ToList());
        Assert.Equal(100, first.Count);
        Assert.Equal(first.Average(i => scores[i]), calibration.Bins[0].MeanScore, 1e-14);
        Assert.Equal(last.Count(i => Data.Treated[i]) / (double)last.Count, calibration.Bins[9].TreatedShare, 1e-14);
    }

    [Fact]
    public void Compute_EqualScores_StayInOneBin()
    {
        double[] logOdds = [.. Enumerable.Range(0, 100).Select(i => i < 35 ? -1.0 : i < 70 ? 0 : 1)];
        bool[] treated = [.. Enumerable.Range(0, 100).Select(i => i % 3 == 0)];
        var bins = Calibration.Compute(logOdds, treated).Value().Bins;
        Assert.Equal([35, 35, 30], bins.Select(bin => bin.Rows));
    }

    [Fact]
    public void Compute_ScoresThatSeparateOrDoNotVary_IsRefused()
    {
        Assert.Equal(NotEstimableReason.Separation, Calibration.Compute([-1, -2, 1, 2], [false, false, true, true]).Refusal().Reason);
        Assert.Equal(NotEstimableReason.NoVariation, Calibration.Compute([1, 1, 1, 1], [false, false, true, true]).Refusal().Reason);
        Assert.Equal(
            NotEstimableReason.NoOverlap, Calibration.Compute([1, double.PositiveInfinity, 1, 2], [false, false, true, true]).Refusal().Reason);
    }

    [Fact]
    public void AreaUnderCurve_Ties_CountHalf()
    {
        var random = new Random(72);
        double[] scores = [.. Enumerable.Range(0, 120).Select(_ => (double)random.Next(12))];
        bool[] treated = [.. scores.Select(score => random.Next(14) < score)];
        double wins = 0, pairs = 0;
        for (var i = 0; i < 120; i++)
        {
            for (var j = 0; j < 120; j++)
            {
                if (!treated[i] || treated[j]) continue;
                pairs++;
                wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
            }
        }

        Assert.Equal(wins / pairs, AreaUnderCurve.Of(scores, treated).Value(), 1e-14);
        Assert.Equal(NotEstimableReason.NoTreated, AreaUnderCurve.Of([1, 2], [false, false]).Refusal().Reason);
    }

    [Fact]
    public void PreferenceScore_ShareInTheMiddle_IsEquipoise()
    {
        var preference = PreferenceScore.Of(LogOdds, Data.Treated).Value();
        var overlap = Overlap.Compute(Fit.Scores.Span, Data.Treated).Value();
        Assert.Equal(overlap.Equipoise, preference.Count(f => f is >= 0.3 and <= 0.7) / (double)Rows, 1e-12);
        var p = Data.Treated.Count(t => t) / (double)Rows;
        var e = Fit.Scores.Span[5];
        Assert.Equal(e / (1 - e) / (p / (1 - p)), preference[5] / (1 - preference[5]), 1e-10);
    }
}
