using System.Text.RegularExpressions;
using SiOutcomeLab.Statistics.Pooling;
using SiOutcomeLab.Statistics.Pooling.EffectSizes;

namespace SiOutcomeLab.Reference.Tests.Pooling;

/// <summary>Every number that metafor 3.8-1 gave for five data sets, nine methods and three tests; an unknown id fails.</summary>
public sealed partial class MetaforTests
{
    // Closed forms agree to the 12 digits written; iterated τ² and what follows from it to metafor's own threshold of 1e-12 on τ².
    private const double Tolerance = 1e-8;

    private static readonly FlatValues R = FlatValues.Meta;

    public static TheoryData<string> Blocks() => [.. R.Ids.Select(id => id.Split('.')[0]).Distinct()];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void EveryBlock_OfTheReference_IsReproduced(string block)
    {
        var ours = Values(block);
        foreach (var id in R.Ids.Where(id => id.StartsWith(block + ".", StringComparison.Ordinal)))
        {
            var name = id[(block.Length + 1)..];
            Assert.True(ours.TryGetValue(name, out var value), $"Nothing computed for {id}.");
            var expected = R[id];
            if (double.IsNaN(expected)) Assert.True(double.IsNaN(value), $"{id}: expected nothing, got {value:R}.");
            else Assert.True(Math.Abs(value - expected) <= Allowed(id, expected), $"{id}: {expected:R}, got {value:R}.");
        }
    }

    [Theory]
    [InlineData("bcg")]
    [InlineData("normand_MD")]
    [InlineData("normand_SMD")]
    [InlineData("pritz_PLO")]
    public void Intervals_OfTauSquared_LieWhereQCrossesTheQuantiles(string set)
    {
        var data = MetaData.Set(set);
        var ours = Lalonde.Value(QProfile.Intervals(Lalonde.Value(RandomEffects.Fit(data)))).TauSquared;
        foreach (var method in new[] { "DL", "REML", "PM", "EB" })
        {
            var block = $"{set}_{method}_z.confint_Qprofile";
            // metafor's root finder stops at a bracket of 1.2e-4 and does not look beyond ten times τ².
            var limit = 10 * R[$"{block}.estimate1"];
            Assert.Equal(R[$"{block}.ci.lb1"], ours.Low, 1.3e-4);
            if (ours.High < limit) Assert.Equal(R[$"{block}.ci.ub1"], ours.High, 1.3e-4);
            else Close.To(limit, R[$"{block}.ci.ub1"], Tolerance);
            foreach (var end in new[] { "lb", "ub" })
            {
                // The other three rows follow from the first one in the same way as ours do.
                var (tau, typical) = (R[$"{block}.ci.{end}1"], R[$"{set}_{method}_z.vt"]);
                Close.To(Math.Sqrt(tau), R[$"{block}.ci.{end}2"], Tolerance);
                Close.To(100 * tau / (tau + typical), R[$"{block}.ci.{end}3"], Tolerance);
                Close.To((tau / typical) + 1, R[$"{block}.ci.{end}4"], Tolerance);
            }
        }
    }

    // trimfill refits at metafor's default threshold, 1e-5 on τ²; the ends of Q-profile intervals have a test of their own.
    private static double Allowed(string id, double expected)
    {
        if (id.Contains("Qprofile.ci", StringComparison.Ordinal)) return double.PositiveInfinity;
        var relative = id.Contains("trimfill", StringComparison.Ordinal) ? 1e-5 : Tolerance;
        return relative * Math.Max(Math.Abs(expected), 1e-60);
    }

    [GeneratedRegex("^(.+)_(FE|DL|REML|PM|ML|EB|HE|HS|SJ)_(z|knha|adhoc)$")]
    private static partial Regex ModelBlock();

    private static Dictionary<string, double> Values(string block)
    {
        if (ModelBlock().Match(block) is { Success: true } match)
        {
            return Model(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value);
        }

        return block switch
        {
            "bcg_MH_RR" => Common(Lalonde.Value(MantelHaenszel.LogRiskRatio(MetaData.Tables))),
            "bcg_MH_OR" => With(
                Common(Lalonde.Value(MantelHaenszel.LogOddsRatio(MetaData.Tables))),
                ("CMH", Lalonde.Value(MantelHaenszel.AssociationTest(MetaData.Tables)).Statistic),
                ("TA", Lalonde.Value(MantelHaenszel.HomogeneityTest(MetaData.Tables)).Statistic)),
            "bcg_peto" => Common(Lalonde.Value(MantelHaenszel.PetoLogOddsRatio(MetaData.Tables))),
            _ when block.EndsWith("_bias", StringComparison.Ordinal) => Bias(MetaData.Set(block[..^5])),
            _ when block.EndsWith("_robust", StringComparison.Ordinal) => Robust(MetaData.Set(block[..^7])),
            _ => []
        };
    }

    private static Dictionary<string, double> Model(string set, string method, string test)
    {
        var data = MetaData.Set(set);
        var model = Lalonde.Value(RandomEffects.Fit(data, new() { Method = MetaData.Method(method), Test = MetaData.Test(test) }));
        var h = model.Heterogeneity;
        var values = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["k"] = data.Count,
            ["p"] = model.Coefficients.Count,
            ["ddf"] = double.IsPositiveInfinity(model.DegreesOfFreedom) ? double.NaN : model.DegreesOfFreedom,
            ["tau2"] = h.TauSquared,
            ["se.tau2"] = h.TauSquaredStandardError,
            ["I2"] = h.ISquared,
            ["H2"] = h.HSquared,
            ["R2"] = h.RSquared ?? double.NaN,
            ["vt"] = h.TypicalVariance,
            ["QE"] = h.Q,
            ["QEp"] = h.QPValue,
            ["QM"] = model.ModeratorTest.Statistic,
            ["QMp"] = model.ModeratorTest.PValue,
            ["s2w"] = model.VarianceFactor,
            ["logLik_ML"] = model.LogLikelihood,
            ["logLik_REML"] = model.RestrictedLogLikelihood,
            ["AIC"] = model.AkaikeCriterion
        };
        var many = model.Coefficients.Count > 1;
        for (var j = 0; j < model.Coefficients.Count; j++)
        {
            var c = model.Coefficients[j];
            var number = many ? $"{j + 1}" : "";
            values[$"beta.{(j == 0 ? "intrcpt" : c.Name)}"] = c.Estimate;
            values[$"se{number}"] = c.StandardError;
            values[$"zval{number}"] = c.Statistic;
            values[$"pval{number}"] = c.PValue;
            values[$"ci.lb{number}"] = c.ConfidenceLow;
            values[$"ci.ub{number}"] = c.ConfidenceHigh;
        }

        if (!many)
        {
            var usual = model.Predict();
            var wide = model.Predict(PredictionKind.HigginsThompsonSpiegelhalter);
            (values["pi.lb"], values["pi.ub"]) = (usual.PredictionLow, usual.PredictionHigh);
            (values["pi_HTS_tk21"], values["pi_HTS_tk22"]) = (wide.PredictionLow, wide.PredictionHigh);
        }

        if (test == "z" && method is "REML" or "DL" or "PM" or "EB") AddPerEstimate(values, model, method == "REML");
        return values;
    }

    private static void AddPerEstimate(Dictionary<string, double> values, PooledModel model, bool diagnostics)
    {
        var shrunken = Shrinkage.Of(model);
        var weights = model.Weights();
        for (var i = 0; i < shrunken.Count; i++)
        {
            values[$"blup.pred{i + 1}"] = shrunken[i].Estimate;
            values[$"blup.se{i + 1}"] = shrunken[i].StandardError;
            values[$"blup.pi.lb{i + 1}"] = shrunken[i].Low;
            values[$"blup.pi.ub{i + 1}"] = shrunken[i].High;
            values[$"weights_pct{i + 1}"] = weights[i];
            values[$"shrink{i + 1}"] = shrunken[i].Kept;
        }

        if (model.Coefficients.Count == 1)
        {
            var intervals = Lalonde.Value(QProfile.Intervals(model));
            var h = model.Heterogeneity;
            AddInterval(values, 1, h.TauSquared, intervals.TauSquared);
            AddInterval(values, 2, Math.Sqrt(h.TauSquared), intervals.Tau);
            AddInterval(values, 3, h.ISquared, intervals.ISquared);
            AddInterval(values, 4, h.HSquared, intervals.HSquared);
            var without = LeaveOneOut.Of(model, TestContext.Current.CancellationToken).Select(Lalonde.Value).ToArray();
            for (var i = 0; i < without.Length; i++)
            {
                values[$"leave1out.est{i + 1}"] = without[i].Effect.Estimate;
                values[$"leave1out.se{i + 1}"] = without[i].Effect.StandardError;
                values[$"leave1out.Q{i + 1}"] = without[i].Heterogeneity.Q;
                values[$"leave1out.tau2{i + 1}"] = without[i].Heterogeneity.TauSquared;
                values[$"leave1out.I2{i + 1}"] = without[i].Heterogeneity.ISquared;
            }
        }

        if (!diagnostics) return;
        var influence = Lalonde.Value(Influence.Of(model, TestContext.Current.CancellationToken));
        for (var i = 0; i < influence.Count; i++)
        {
            values[$"influence.rstudent{i + 1}"] = values[$"rstudent_z{i + 1}"] = influence[i].StudentisedResidual;
            values[$"influence.dffits{i + 1}"] = influence[i].Dffits;
            values[$"influence.cook.d{i + 1}"] = influence[i].CooksDistance;
            values[$"influence.cov.r{i + 1}"] = influence[i].CovarianceRatio;
            values[$"influence.tau2.del{i + 1}"] = influence[i].TauSquaredWithout;
            values[$"influence.QE.del{i + 1}"] = influence[i].QWithout;
            values[$"influence.hat{i + 1}"] = influence[i].Leverage;
            values[$"influence.weight{i + 1}"] = influence[i].Weight;
            values[$"rstandard_z{i + 1}"] = influence[i].StandardisedResidual;
        }
    }

    private static void AddInterval(Dictionary<string, double> values, int row, double estimate, ValueRange range)
    {
        values[$"confint_Qprofile.estimate{row}"] = estimate;
        values[$"confint_Qprofile.ci.lb{row}"] = range.Low;
        values[$"confint_Qprofile.ci.ub{row}"] = range.High;
    }

    private static Dictionary<string, double> Bias(EstimateSet data)
    {
        var options = new PoolingOptions { Test = PoolingTest.Normal };
        var mixed = Lalonde.Value(EggerRegression.MixedEffects(data, options));
        var weighted = Lalonde.Value(EggerRegression.WeightedRegression(data));
        var rank = Lalonde.Value(RankCorrelation.Test(data));
        var filled = Lalonde.Value(TrimAndFill.Fill(data, options));
        return new(StringComparer.Ordinal)
        {
            ["egger_rma.z"] = mixed.Statistic,
            ["egger_rma.p"] = mixed.PValue,
            ["egger_rma.est"] = mixed.Limit,
            ["egger_lm.t"] = weighted.Statistic,
            ["egger_lm.p"] = weighted.PValue,
            ["egger_lm.est"] = weighted.Limit,
            ["begg.tau"] = rank.Tau,
            ["begg.p"] = rank.PValue,
            ["trimfill.k0"] = filled.Missing,
            ["trimfill.est"] = filled.Model.Effect.Estimate,
            ["trimfill.se"] = filled.Model.Effect.StandardError,
            ["fsn_rosenthal"] = FailSafeNumber.Rosenthal(data)
        };
    }

    private static Dictionary<string, double> Robust(EstimateSet data)
    {
        var model = Lalonde.Value(RandomEffects.Fit(data));
        var effect = Lalonde.Value(ClusterRobust.Coefficients(model, [.. Enumerable.Range(0, data.Count)]))[0];
        return new(StringComparer.Ordinal)
        {
            ["se"] = effect.StandardError,
            ["ci.lb"] = effect.ConfidenceLow,
            ["ci.ub"] = effect.ConfidenceHigh
        };
    }

    private static Dictionary<string, double> Common(CommonEffect effect) =>
        new(StringComparer.Ordinal) { ["b"] = effect.Estimate, ["se"] = effect.StandardError, ["QE"] = effect.Q };

    private static Dictionary<string, double> With(Dictionary<string, double> values, params (string Name, double Value)[] more)
    {
        foreach (var (name, value) in more) values[name] = value;
        return values;
    }
}
