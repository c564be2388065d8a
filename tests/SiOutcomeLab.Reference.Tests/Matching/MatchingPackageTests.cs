using SiOutcomeLab.Reference.Tests.Effects;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Matching;

namespace SiOutcomeLab.Reference.Tests.Matching;

/// <summary>R's Matching 4.10-8, function Match: estimates and Abadie–Imbens standard errors, with its ties and without.</summary>
public sealed class MatchingPackageTests
{
    // Match's own default, on squared distances.
    private const double RTolerance = 1e-5;

    private static readonly DesignMatrix Score = DesignMatrix.FromColumns([("ps", Lalonde.Units.Numbers("ps"))]);
    private static readonly DesignMatrix Linear = DesignMatrix.FromColumns([("lp", Lalonde.Units.Numbers("lp"))]);
    private static readonly DesignMatrix NoTieScore = NoTies.Columns("ps");

    private static readonly TiedMatchingOptions Plain = new() { TieTolerance = RTolerance };
    private static readonly TiedMatchingOptions Exact = new();

    private static readonly Dictionary<string, (DesignMatrix X, TiedMatchingOptions Options, bool Adjusts)> OnLalonde = new()
    {
        ["ps_att"] = (Score, Plain, false),
        ["ps_att_M4"] = (Score, Plain with { Matches = 4 }, false),
        ["ps_ate"] = (Score, Plain with { Estimand = Estimand.Everyone }, false),
        ["ps_atc"] = (Score, Plain with { Estimand = Estimand.Untreated }, false),
        ["lp_att"] = (Linear, Plain, false),
        ["ps_att_cal"] = (Score, Plain with { CovariateCalipers = [Caliper(Score, 0.25)] }, false),
        ["ps_att_bias"] = (Score, Plain, true),
        ["maha_att"] = (Lalonde.Covariates, Plain with { Metric = DistanceMetric.OverallMahalanobis }, false),
        ["maha_att_bias"] = (Lalonde.Covariates, Plain with { Metric = DistanceMetric.OverallMahalanobis }, true),
        ["ps_att_tol0"] = (Score, Exact, false),
        ["ps_att_M4_tol0"] = (Score, Exact with { Matches = 4 }, false),
        ["ps_ate_tol0"] = (Score, Exact with { Estimand = Estimand.Everyone }, false),
        ["ps_atc_tol0"] = (Score, Exact with { Estimand = Estimand.Untreated }, false),
        ["ps_att_bias_tol0"] = (Score, Exact, true),
        ["maha_att_bias_tol0"] = (Lalonde.Covariates, Exact with { Metric = DistanceMetric.OverallMahalanobis }, true),
        ["inv_att"] = (Lalonde.Covariates, Plain, false),
        ["inv_att_M4_bias_var4"] = (Lalonde.Covariates, Plain with { Matches = 4, VarianceNeighbours = 4 }, true)
    };

    private static readonly Dictionary<string, (DesignMatrix X, TiedMatchingOptions Options, bool Adjusts)> OnNoTies = new()
    {
        ["ps_att"] = (NoTieScore, Plain, false),
        ["ps_ate"] = (NoTieScore, Plain with { Estimand = Estimand.Everyone }, false),
        ["ps_att_M3"] = (NoTieScore, Plain with { Matches = 3 }, false),
        ["ps_cal"] = (NoTieScore, Plain with { CovariateCalipers = [Caliper(NoTieScore, 0.05)] }, false),
        ["maha_bias"] = (NoTies.Covariates, Plain with { Metric = DistanceMetric.OverallMahalanobis }, true),
        ["inv_ate_bias_M4"] = (NoTies.Covariates, Plain with { Matches = 4, Estimand = Estimand.Everyone }, true),
        ["ps_att_tol0"] = (NoTieScore, Exact, false),
        ["ps_ate_tol0"] = (NoTieScore, Exact with { Estimand = Estimand.Everyone }, false),
        ["ps_att_M3_tol0"] = (NoTieScore, Exact with { Matches = 3 }, false),
        ["ps_att_M3_var2_tol0"] = (NoTieScore, Exact with { Matches = 3, VarianceNeighbours = 2 }, false),
        ["maha_bias_tol0"] = (NoTies.Covariates, Exact with { Metric = DistanceMetric.OverallMahalanobis }, true),
        ["inv_ate_bias_M4_tol0"] = (NoTies.Covariates, Exact with { Matches = 4, Estimand = Estimand.Everyone }, true)
    };

    public static TheoryData<string> LalondeNames => [.. OnLalonde.Keys];

    public static TheoryData<string> NoTieNames => [.. OnNoTies.Keys];

    [Theory, MemberData(nameof(LalondeNames))]
    public void Estimate_Lalonde_GivesEveryNumber(string name)
    {
        var (x, options, adjusts) = OnLalonde[name];
        var matches = Lalonde.Value(TiedMatching.Match(x, Lalonde.Treated, options));
        var plain = Lalonde.Value(AbadieImbens.Estimate(Lalonde.Outcome, Lalonde.Treated, matches));
        var effect = adjusts
            ? Lalonde.Value(AbadieImbens.Estimate(Lalonde.Outcome, Lalonde.Treated, matches, Lalonde.Covariates))
            : plain;
        var block = $"Match_{name}.";
        foreach (var id in FlatValues.Lalonde.Ids.Where(id => id.StartsWith(block, StringComparison.Ordinal)))
        {
            var actual = id[block.Length..] switch
            {
                "est" => effect.Estimate,
                "est_noadj" => plain.Estimate,
                "se_AI" => effect.StandardError,
                "se_standard" => plain.Error(StandardErrorType.IndependentPairs),
                "nobs" => x.Rows,
                "wnobs" => matches.Matched,
                "n_matched_pairs" => matches.Pairs,
                "ndrops" or "ndrops_matches" => matches.Dropped,
                _ => double.NaN
            };
            Close.To(FlatValues.Lalonde[id], actual, Close.Fitted, id);
        }
    }

    [Theory, MemberData(nameof(NoTieNames))]
    public void Estimate_NoTies_GivesEveryNumber(string name)
    {
        var (x, options, adjusts) = OnNoTies[name];
        var matches = Lalonde.Value(TiedMatching.Match(x, NoTies.Treated, options));
        var effect = Lalonde.Value(AbadieImbens.Estimate(NoTies.Outcome, NoTies.Treated, matches, adjusts ? NoTies.Covariates : null));
        Close.To(FlatValues.NoTies[$"Match_{name}.est"], effect.Estimate, Close.Fitted, name);
        Close.To(FlatValues.NoTies[$"Match_{name}.n"], matches.Pairs, Close.Fitted, name);
        // R divides by all treated rows, the dropped as well, and counts each of them with an effect of 0.
        var (n, all) = ((double)matches.Matched, (double)matches.Matched + matches.Dropped);
        var asInR = Math.Sqrt(
            Math.Pow(effect.StandardError * n / all, 2) + (matches.Dropped * Math.Pow(effect.Estimate / all, 2)));
        Close.To(FlatValues.NoTies[$"Match_{name}.se_AI"], asInR, Close.Fitted, name);
        Assert.Equal(name == "ps_cal", matches.Dropped > 0);
    }

    [Fact]
    public void Estimate_FromPairs_IsTheSameEstimator()
    {
        var pairs = Lalonde.Value(NearestNeighbour.Match(NoTies.Scores, NoTies.Treated, NoTies.OrderKey, new() { Replacement = true }));
        var effect = Lalonde.Value(AbadieImbens.Estimate(NoTies.Outcome, NoTies.Treated, pairs));
        Close.To(FlatValues.NoTies["Match_ps_att_tol0.est"], effect.Estimate, Close.Fitted);
        Close.To(FlatValues.NoTies["Match_ps_att_tol0.se_AI"], effect.StandardError, Close.Fitted);
    }

    private static CovariateCaliper Caliper(DesignMatrix x, double width) =>
        new("ps", x.Column(0).ToArray(), Statistics.Matching.Caliper.StandardDeviations(width));
}
