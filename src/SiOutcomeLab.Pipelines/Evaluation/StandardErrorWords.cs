using SiOutcomeLab.Statistics.Effects;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>How a standard error was made, as readers are told.</summary>
internal static class StandardErrorWords
{
    public static string Of(StandardErrorType type) => type switch
    {
        StandardErrorType.MEstimation => "M-estimation",
        StandardErrorType.ClusteredMEstimation => "M-estimation, clustered on person",
        StandardErrorType.MEstimationTargetsFixed => "M-estimation, the participants' means as known",
        StandardErrorType.InfluenceFunction => "influence function",
        StandardErrorType.ClusteredInfluenceFunction => "influence function, clustered on person",
        StandardErrorType.MatchedSetHc1 => "clustered on matched sets (HC1)",
        StandardErrorType.ClusterHc1 => "clustered on person (HC1)",
        StandardErrorType.ClusterHc0 => "clustered on person (HC0)",
        StandardErrorType.ClusterCr2 => "clustered on person (CR2)",
        StandardErrorType.TwoWayHc1 => "clustered on matched sets and person (HC1)",
        StandardErrorType.Hc0 => "robust (HC0)",
        StandardErrorType.Hc1 => "robust (HC1)",
        StandardErrorType.Hc2 => "robust (HC2)",
        StandardErrorType.Hc3 => "robust (HC3)",
        StandardErrorType.Classical => "least squares",
        StandardErrorType.ModelBased => "from the outcome model",
        StandardErrorType.AbadieImbens => "Abadie and Imbens",
        StandardErrorType.IndependentPairs => "independent pairs",
        StandardErrorType.Stratified => "within strata",
        StandardErrorType.Bootstrap => "bootstrap",
        StandardErrorType.ClusterBootstrap => "bootstrap of persons",
        StandardErrorType.Jackknife => "jackknife",
        StandardErrorType.ClusterJackknife => "jackknife of persons",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "A standard error without words."),
    };
}
