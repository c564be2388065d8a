using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Sensitivity;

namespace SiOutcomeLab.Reference.Tests.Sensitivity;

/// <summary>Rosenbaum bounds on 113 caliper pairs of lalonde against base R.</summary>
public sealed class RosenbaumTests
{
    private static readonly FlatValues R = FlatValues.Sensitivity;
    private static readonly ReferenceTable Pairs = ReferenceTable.Read("rosenbaum_pairs.csv");
    private static readonly double[] Differences =
        [.. Pairs.Numbers("yt").Zip(Pairs.Numbers("yc"), (treated, control) => treated - control)];

    [Fact]
    public void SignedRank_LalondePairs_GivesEveryBound()
    {
        var drop = Lalonde.Value(RosenbaumSignedScore.SignedRank(Differences));
        var keep = Lalonde.Value(RosenbaumSignedScore.SignedRank(Differences, ZeroDifferences.Rank));
        Assert.Equal(R["rosenbaum_wilcoxon.n_pairs"], keep.Pairs);
        Assert.Equal(R["rosenbaum_wilcoxon.n_zero"], keep.Pairs - drop.Pairs);
        Assert.Equal(R["rosenbaum_wilcoxon.T"], drop.Statistic);
        ForEachGamma("rosenbaum_wilcoxon", (gamma, same) =>
        {
            same("z_upper", drop.At(gamma).ZUpper!.Value);
            same("p_upper", drop.At(gamma).PUpper);
            same("p_lower", drop.At(gamma).PLower);
            same("p_upper_keepzeros", keep.At(gamma).PUpper);
            same("p_lower_keepzeros", keep.At(gamma).PLower);
        });
    }

    [Fact]
    public void SignedRank_ShiftedDifferences_GivesBoundsAndCriticalGamma()
    {
        var shifted = Lalonde.Value(RosenbaumSignedScore.SignedRank([.. Differences.Select(d => d + 1500)]));
        ForEachGamma("rosenbaum_wilcoxon_shift1500", (gamma, same) =>
        {
            same("p_upper", shifted.At(gamma).PUpper);
            same("p_lower", shifted.At(gamma).PLower);
        });
        Close.To(R["rosenbaum_wilcoxon_shift1500.gamma_crit_05"], shifted.CriticalGamma(0.05)!.Value, Close.ClosedForm);
        Close.To(R["rosenbaum_wilcoxon_shift1500.gamma_crit_01"], shifted.CriticalGamma(0.01)!.Value, Close.ClosedForm);
    }

    [Fact]
    public void SignedRank_NoTies_UsesTheSumOfSquaredRanksAndNotPsens()
    {
        var test = Lalonde.Value(RosenbaumSignedScore.SignedRank([.. Enumerable.Range(1, 116).Select(i => i % 3 == 0 ? -i : (double)i)]));
        var variance = Math.Pow((test.Statistic - (116 * 117 / 4.0)) / test.At(1).ZUpper!.Value, 2);
        Close.To(R["rbounds_note.correct"] / 4, variance, Close.ClosedForm);
        Assert.NotEqual(R["rbounds_note.psens_variance_noties_S116"] / 4, variance, 100.0);
    }

    [Fact]
    public void PermutationT_LalondePairs_GivesEveryBound()
    {
        var test = Lalonde.Value(RosenbaumSignedScore.PermutationT(Differences));
        ForEachGamma("rosenbaum_paired_t", (gamma, same) =>
        {
            same("z_upper", test.At(gamma).ZUpper!.Value);
            same("p_upper", test.At(gamma).PUpper);
        });
    }

    [Fact]
    public void Bounds_HodgesLehmann_GivesEveryEnd()
    {
        for (var i = 1; i <= 4; i++)
        {
            var (low, high) = Lalonde.Value(HodgesLehmann.Bounds(Differences, R[$"hodges_lehmann_bounds.gamma{i}"]));
            Close.To(R[$"hodges_lehmann_bounds.lo{i}"], low, Close.ClosedForm);
            Close.To(R[$"hodges_lehmann_bounds.hi{i}"], high, Close.ClosedForm);
        }

        // wilcox.test leaves zeros out and its root finder stops anywhere between the two middle averages, whose mean is the estimate.
        double[] moved = [.. Differences.Where(d => d != 0)];
        double[] walsh = [.. moved.SelectMany((d, i) => moved.Skip(i).Select(other => (d + other) / 2)).Order()];
        Assert.Equal(0, walsh.Length % 2);
        var (below, above) = (walsh[(walsh.Length / 2) - 1], walsh[walsh.Length / 2]);
        Assert.InRange(R["hodges_lehmann_bounds.hl_wilcox"], below, above);
        Assert.Equal((below + above) / 2, Lalonde.Value(HodgesLehmann.Bounds(moved)).Low);
    }

    [Fact]
    public void McNemar_LalondePairsAndExample_GivesEveryBound()
    {
        var better = Pairs.Numbers("yt").Zip(Pairs.Numbers("yc"), (treated, control) => treated > 0 && !(control > 0)).Count(d => d);
        var worse = Pairs.Numbers("yt").Zip(Pairs.Numbers("yc"), (treated, control) => !(treated > 0) && control > 0).Count(d => d);
        Assert.Equal(R["rosenbaum_mcnemar.n10"], better);
        Assert.Equal(R["rosenbaum_mcnemar.n01"], worse);
        ForEachGamma("rosenbaum_mcnemar", (gamma, same) =>
        {
            var pairs = Lalonde.Value(RosenbaumMcNemar.At(better, worse, gamma));
            var example = Lalonde.Value(RosenbaumMcNemar.At(40, 15, gamma));
            same("p_upper", pairs.PUpper);
            same("p_lower", pairs.PLower);
            same("ex_40_15_upper", example.PUpper);
            same("ex_40_15_lower", example.PLower);
        });
        Close.To(
            R["rosenbaum_mcnemar.ex_40_15_gamma_crit"], Lalonde.Value(RosenbaumMcNemar.CriticalGamma(40, 15))!.Value, Close.ClosedForm);
    }

    private static void ForEachGamma(string block, Action<double, Action<string, double>> check)
    {
        for (var i = 1; i <= 9; i++)
        {
            var at = i;
            check(R[$"{block}.gamma{at}"], (name, actual) => Close.To(R[$"{block}.{name}{at}"], actual, Close.ClosedForm, $"{name}{at}"));
        }
    }
}
