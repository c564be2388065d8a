using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Balance;
using SiOutcomeLab.Statistics.Matching;

namespace SiOutcomeLab.Reference.Tests.Matching;

/// <summary>Definitions of distance and balance on the simulated data.</summary>
public sealed class NoTieDefinitionTests
{
    private static readonly FlatValues R = FlatValues.NoTies;

    [Fact]
    public void Match_FirstTreatedWithFirstControls_GivesMatchItsDistances()
    {
        var treated = Array.IndexOf(NoTies.Treated, true);
        int[] controls = [.. Enumerable.Range(0, NoTies.Treated.Length).Where(i => !NoTies.Treated[i]).Take(5)];
        for (var k = 0; k < 5; k++)
        {
            // The two alone in a stratum; variances count all rows.
            var strata = Enumerable.Range(0, NoTies.Treated.Length).ToArray();
            strata[treated] = strata[controls[k]] = -1;
            var distance = Lalonde.Value(MahalanobisMatching.Match(
                NoTies.Covariates, NoTies.Treated, NoTies.OrderKey, new() { Order = MatchingOrder.AsGiven },
                strata: strata)).SumOfDistances;
            Close.To(R[$"mahalanobis_def.d_first{k + 1}"], distance, Close.ClosedForm);
            // The script's own check divides by n − 1 where MatchIt divides by n − 2.
            Close.To(R[$"mahalanobis_def.check{k + 1}"], distance * Math.Sqrt(1499 / 1498.0), Close.ClosedForm);
        }
    }

    [Fact]
    public void Compute_FirstCovariate_GivesMatchBalance()
    {
        var x = NoTies.Columns("x1");
        double[] weights = [.. Enumerable.Repeat(1.0, x.Rows)];
        var own = Lalonde.Value(BalanceTable.Compute(x, NoTies.Treated, weights)).Covariates[0].Before;
        var pooled = Lalonde.Value(BalanceTable.Compute(x, NoTies.Treated, weights, SmdDenominator.Pooled)).Covariates[0].Before;
        Close.To(R["MatchBalance_x1.before.sdiff"], 100 * own.Smd, Close.ClosedForm);
        Close.To(R["MatchBalance_x1.before.sdiff.pooled"], 100 * pooled.Smd, Close.ClosedForm);
        Close.To(R["MatchBalance_x1.before.mean.Tr"], own.MeanTreated, Close.ClosedForm);
        Close.To(R["MatchBalance_x1.before.mean.Co"], own.MeanComparison, Close.ClosedForm);
        Close.To(R["MatchBalance_x1.before.var.ratio"], own.VarianceRatio!.Value, Close.ClosedForm);
        Close.To(R["MatchBalance_x1.ks_before"], own.KolmogorovSmirnov, Close.ClosedForm);
    }
}
