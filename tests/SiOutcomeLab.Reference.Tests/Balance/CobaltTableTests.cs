using System.Globalization;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Balance;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Reference.Tests.Balance;

/// <summary>Every number of cobalt's tables on lalonde, id by id.</summary>
public sealed class CobaltTableTests
{
    private static readonly FlatValues R = FlatValues.Lalonde;

    private static readonly DesignMatrix AllLevels = DesignMatrix.FromColumns(
    [
        ("age", Lalonde.File.Numbers("age")), ("educ", Lalonde.File.Numbers("educ")), ("race_black", Lalonde.Dummy("black")),
        ("race_hispan", Lalonde.Dummy("hispan")), ("race_white", Lalonde.Dummy("white")), ("married", Lalonde.File.Numbers("married")),
        ("nodegree", Lalonde.File.Numbers("nodegree")), ("re74", Lalonde.File.Numbers("re74")), ("re75", Lalonde.File.Numbers("re75"))
    ]);

    [Theory]
    [InlineData("att_default")]
    [InlineData("att_std")]
    [InlineData("pooled_std")]
    [InlineData("nn1")]
    [InlineData("sub5w")]
    [InlineData("ipw_att")]
    [InlineData("ipw_ate")]
    [InlineData("ipw_ato")]
    public void Compute_CobaltsBlock_GivesEveryNumber(string block)
    {
        var weights = Weights(block);
        var denominator = block is "pooled_std" or "ipw_ate" or "ipw_ato" ? SmdDenominator.Pooled : SmdDenominator.Treated;
        var table = Lalonde.Value(BalanceTable.Compute(
            AllLevels, Lalonde.Treated, weights ?? Enumerable.Repeat(1.0, Lalonde.File.Count).ToArray(), denominator));
        foreach (var id in R.Ids.Where(id => id.StartsWith($"balance_{block}.", StringComparison.Ordinal)))
        {
            var name = id[($"balance_{block}.".Length)..];
            var expected = R[id];
            var actual = name.StartsWith("table.", StringComparison.Ordinal)
                ? Cell(name[6..], table, weights is not null, raw: block == "att_default")
                : Observations(name[13..], table, weights);
            Assert.True(
                actual is { } number ? Math.Abs(expected - number) <= 1e-8 * Math.Max(1, Math.Abs(number)) : double.IsNaN(expected),
                $"{id}: expected {expected:R}, got {actual:R}.");
        }
    }

    // The name ends in the covariate's number; NA where cobalt shows nothing.
    private static double? Cell(string name, BalanceTable table, bool adjusted, bool raw)
    {
        var covariate = table.Covariates[int.Parse(name[^1..], CultureInfo.InvariantCulture) - 1];
        var after = name.Contains(".Adj", StringComparison.Ordinal);
        if (after && !adjusted) return null;
        var arm = after ? covariate.After : covariate.Before;
        var binary = covariate.Kind == ColumnKind.Binary;
        return name[..^1].Replace(after ? ".Adj" : ".Un", "", StringComparison.Ordinal) switch
        {
            "M.0" => arm.MeanComparison,
            "M.1" => arm.MeanTreated,
            "SD.0" => binary && raw ? null : arm.DeviationComparison,
            "SD.1" => binary && raw ? null : arm.DeviationTreated,
            "Diff" => binary && raw ? arm.RawDifference : arm.Smd,
            "V.Ratio" => arm.VarianceRatio,
            "KS" => arm.KolmogorovSmirnov,
            _ => throw new InvalidOperationException(name)
        };
    }

    // Before: effective and all rows; after: effective, used and unused rows.
    private static double Observations(string name, BalanceTable table, double[]? weights)
    {
        var treated = name.StartsWith("Treated", StringComparison.Ordinal);
        double rows = Lalonde.Treated.Count(t => t == treated);
        if (weights is null || name[^1] == '1') return rows;
        double used = weights.Where((w, i) => w > 0 && Lalonde.Treated[i] == treated).Count();
        var matching = weights.Contains(0.0);
        return (matching, name[^1]) switch
        {
            (true, '2') => rows,
            (true, '4') => used,
            (true, '5') => rows - used,
            _ => treated ? table.EffectiveTreated : table.EffectiveComparison
        };
    }

    private static double[]? Weights(string block) => block switch
    {
        "nn1" => Lalonde.Units.Numbers("w_nn1"),
        "sub5w" => Lalonde.Units.Numbers("w_sub5"),
        "ipw_att" => Inverse(Estimand.Treated),
        "ipw_ate" => Inverse(Estimand.Everyone),
        "ipw_ato" => Inverse(Estimand.Overlap),
        _ => null
    };

    private static double[] Inverse(Estimand estimand) =>
        Lalonde.Value(InversePropensity.Weights(Lalonde.Fit, Lalonde.Treated, estimand)).Weights.ToArray();
}
