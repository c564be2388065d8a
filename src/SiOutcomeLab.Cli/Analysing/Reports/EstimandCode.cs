using SiOutcomeLab.Statistics;

namespace SiOutcomeLab.Cli.Analysing.Reports;

/// <summary>The short names that the field has for whose effect it is.</summary>
internal static class EstimandCode
{
    public static string Of(Estimand estimand) => estimand switch
    {
        Estimand.Treated or Estimand.MatchedTreated => "ATT",
        Estimand.Everyone => "ATE",
        Estimand.Untreated => "ATC",
        Estimand.Overlap => "ATO",
        Estimand.Matching => "ATM",
        Estimand.EntropyOverlap => "ATEN",
        _ => "trimmed",
    };
}
