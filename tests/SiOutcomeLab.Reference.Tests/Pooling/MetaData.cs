using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Pooling;
using SiOutcomeLab.Statistics.Pooling.EffectSizes;

namespace SiOutcomeLab.Reference.Tests.Pooling;

/// <summary>The five sets of estimates that metafor was run on.</summary>
internal static class MetaData
{
    private static readonly ReferenceTable Bcg = ReferenceTable.Read("dat_bcg.csv");
    private static readonly ReferenceTable Normand = ReferenceTable.Read("dat_normand1999.csv");
    private static readonly ReferenceTable Pritz = ReferenceTable.Read("dat_pritz1997.csv");

    public static readonly TwoByTwo[] Tables =
    [
        .. Enumerable.Range(0, Bcg.Count).Select(i => new TwoByTwo(
            Whole(Bcg, "tpos", i), Whole(Bcg, "tneg", i), Whole(Bcg, "cpos", i), Whole(Bcg, "cneg", i)))
    ];

    public static readonly (GroupSummary Treated, GroupSummary Comparison)[] Groups =
    [
        .. Enumerable.Range(0, Normand.Count).Select(i => (Group(i, 1), Group(i, 2)))
    ];

    public static readonly (int Events, int Persons)[] Counts =
    [
        .. Enumerable.Range(0, Pritz.Count).Select(i => (Whole(Pritz, "xi", i), Whole(Pritz, "ni", i)))
    ];

    public static EstimateSet Set(string name) => name switch
    {
        "bcg" => Of(Tables.Select(t => t.LogRiskRatio())),
        "bcg_ablat" => Of(Tables.Select(t => t.LogRiskRatio()), DesignMatrix.FromColumns([("ablat", Bcg.Numbers("ablat"))])),
        "normand_MD" => Of(Groups.Select(g => MeanContrast.Difference(g.Treated, g.Comparison))),
        "normand_SMD" => Of(Groups.Select(g => MeanContrast.Standardised(g.Treated, g.Comparison))),
        _ => Of(Counts.Select(c => Proportion.Logit(c.Events, c.Persons)))
    };

    public static HeterogeneityMethod Method(string name) => name switch
    {
        "FE" => HeterogeneityMethod.FixedEffect,
        "DL" => HeterogeneityMethod.DerSimonianLaird,
        "REML" => HeterogeneityMethod.RestrictedMaximumLikelihood,
        "PM" => HeterogeneityMethod.PauleMandel,
        "ML" => HeterogeneityMethod.MaximumLikelihood,
        "EB" => HeterogeneityMethod.EmpiricalBayes,
        "HE" => HeterogeneityMethod.Hedges,
        "HS" => HeterogeneityMethod.HunterSchmidt,
        "SJ" => HeterogeneityMethod.SidikJonkman,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such method.")
    };

    public static PoolingTest Test(string name) => name switch
    {
        "z" => PoolingTest.Normal,
        "knha" => PoolingTest.HartungKnapp,
        _ => PoolingTest.HartungKnappAdHoc
    };

    private static EstimateSet Of(IEnumerable<EffectSize> effects, DesignMatrix? moderators = null)
    {
        var all = effects.ToArray();
        return EstimateSet.Independent([.. all.Select(e => e.Estimate)], [.. all.Select(e => e.Variance)], moderators);
    }

    private static GroupSummary Group(int row, int arm) => new(
        Whole(Normand, $"n{arm}i", row), Normand.Numbers($"m{arm}i")[row], Normand.Numbers($"sd{arm}i")[row]);

    private static int Whole(ReferenceTable table, string column, int row) => (int)table.Numbers(column)[row];
}
