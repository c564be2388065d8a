using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Contract;

/// <summary>The words that a manifest uses for the domain's choices.</summary>
internal static class ManifestWords
{
    public static IReadOnlyList<(AllowedUses Use, string Word)> Uses { get; } =
    [
        (AllowedUses.OwnEvaluation, "own_evaluation"),
        (AllowedUses.ComparisonForOthers, "comparison_for_others"),
        (AllowedUses.PooledResults, "pooled_results"),
        (AllowedUses.ResearchDataSets, "research_data_sets"),
    ];

    public static string Of(PeriodLength length) => length switch
    {
        PeriodLength.Month => "month",
        PeriodLength.Quarter => "quarter",
        _ => "year",
    };

    public static PeriodLength? Length(string word) => word switch
    {
        "month" => PeriodLength.Month,
        "quarter" => PeriodLength.Quarter,
        "year" => PeriodLength.Year,
        _ => null,
    };

    public static string Of(DataPolicy policy) => policy == DataPolicy.OpenData ? "open-data" : "standard";

    public static DataPolicy? Policy(string word) => word switch
    {
        "standard" => DataPolicy.Standard,
        "open-data" => DataPolicy.OpenData,
        _ => null,
    };

    public static AllowedUses? Use(string word)
    {
        foreach (var (use, written) in Uses)
        {
            if (written == word) return use;
        }

        return null;
    }
}
