using SiOutcomeLab.Domain;

namespace SiOutcomeLab.Cli.Analysing.Reports;

/// <summary>How standard errors were computed, in words.</summary>
internal static class ErrorWords
{
    public static BilingualText Of(string type) => type switch
    {
        "MEstimation" => new("M-skattning, med modellernas egen osäkerhet", "M-estimation, with the models' own uncertainty"),
        "ClusteredMEstimation" => new("M-skattning, klustrad", "M-estimation, clustered"),
        "MatchedSetHc1" => new("HC1 klustrad på matchade par", "HC1 clustered on matched sets"),
        "ClusterHc1" => new("HC1 klustrad (matchade par eller angivna kluster)", "HC1 clustered (matched sets or given clusters)"),
        "TwoWayHc1" => new("HC1 klustrad på par och på angivna kluster", "HC1 clustered on sets and on given clusters"),
        "AbadieImbens" => new("Abadie–Imbens", "Abadie–Imbens"),
        "Stratified" => new("inom strata", "within strata"),
        "InfluenceFunction" => new("influensfunktion", "influence function"),
        "ClusteredInfluenceFunction" => new("influensfunktion, klustrad", "influence function, clustered"),
        "Jackknife" => new("jackknife", "jackknife"),
        "ClusterJackknife" => new("jackknife på kluster", "jackknife of clusters"),
        "Bootstrap" => new("bootstrap", "bootstrap"),
        "ClusterBootstrap" => new("bootstrap av kluster", "bootstrap of clusters"),
        "MonteCarlo" => new("simuleringens eget", "the simulation's own"),
        "Wald" => new("Wald, normalfördelning", "Wald, normal"),
        "HartungKnapp" => new("Hartung–Knapp, t-fördelning", "Hartung–Knapp, t"),
        "HartungKnappAdHoc" => new("Hartung–Knapp, aldrig snävare än Wald", "Hartung–Knapp, never narrower than Wald"),
        "ClusterRobustCr1" => new("klusterrobust (CR1), t-fördelning", "cluster-robust (CR1), t"),
        "Asymptotic" => new("asymptotiskt", "asymptotic"),
        "Hc0" => new("robust (HC0), vikterna som kända", "robust (HC0), weights as known"),
        "Hc1" => new("robust (HC1), vikterna som kända", "robust (HC1), weights as known"),
        "Hc2" => new("robust (HC2), vikterna som kända", "robust (HC2), weights as known"),
        "Hc3" => new("robust (HC3), vikterna som kända", "robust (HC3), weights as known"),
        "ModelBased" => new("modellens eget", "the model's own"),
        _ => new(type, type),
    };
}
