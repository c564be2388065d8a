using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Protos.Plans.V1;

namespace SiOutcomeLab.Cli.Tests.Samples;

/// <summary>Effects as a hub may release them.</summary>
internal static class SampleEffects
{
    public static Cell Shown(double value) => new() { Value = value };

    public static Cell Hidden(Suppression reason = Suppression.FewPersons) => new() { Suppressed = reason };

    public static Effect Estimated(
        string organisation = "9913",
        string method = "ips",
        double point = -1234.5,
        double low = -2000.25,
        double high = -468.75) => new()
    {
        Name = $"effects/{organisation}-{method}-v1-abcdef01-1",
        Plan = $"{organisation}-{method}",
        PlanVersion = 1,
        TitleSv = "En titel",
        TitleEn = "A title",
        Organisation = organisation,
        Intervention = method,
        Method = method,
        Outcome = new OutcomeDefinition { Measure = "employment_months", HorizonPeriods = 4, Summary = OutcomeSummary.SumToHorizon },
        UnitSv = "månader",
        UnitEn = "months",
        Role = EstimateRole.Headline,
        Estimator = Estimator.EntropyBalancing,
        Standing = Standing.Verified,
        Timing = PlanTiming.Prospective,
        SentenceSv = "Bättre.",
        SentenceEn = "Better.",
        RuleVersion = "standard-1",
        Estimate = new Estimate
        {
            HoldsFor = EstimateGroup.AllTreated,
            Point = Shown(point),
            StandardError = Shown(390.7),
            StandardErrorType = "M-estimation",
            CiLow = Shown(low),
            CiHigh = Shown(high),
            ConfidenceLevel = 0.95,
            PValue = Shown(0.002),
            TreatedMean = Shown(10),
            CounterfactualMean = Shown(1244.5),
            Participants = Shown(40),
            Comparison = Hidden(Suppression.Secondary),
            EffectiveComparison = Shown(25),
            ShareRetained = Shown(0.98),
        },
        Flow = { new FlowStep { Step = FlowStepKind.OutcomeObserved, Participants = Hidden(), Comparison = Shown(85) } },
        Diagnostics = new Diagnostics
        {
            Verdict = GateVerdict.Pass,
            Balance = { new CovariateBalance { Covariate = "age_years@1", SmdBefore = Shown(0.4), SmdAfter = Shown(0.01) } },
            LargestSmdBefore = Shown(0.4),
            LargestSmdAfter = Shown(0.01),
        },
        Lineage = new Lineage
        {
            Run = "runs/abcdef0123456789",
            PlanHash = new string('a', 64),
            SnapshotHash = new string('b', 64),
            CodeVersion = "0.1.0",
            Seed = 7,
            Look = 1,
        },
    };

    public static Effect NotEstimable(string organisation = "9911", string method = "ips")
    {
        var effect = Estimated(organisation, method);
        effect.NotEstimable = new NotEstimable { Reason = "TOO_FEW_PARTICIPANTS", RemedySv = "Vänta.", RemedyEn = "Wait." };
        effect.Standing = Standing.Indicative;
        return effect;
    }

    public static Effect Withheld(string organisation = "9912", string method = "ips")
    {
        var effect = Estimated(organisation, method);
        effect.Withheld = new Withheld { Reason = Suppression.FewPersons, RemedySv = "Fler.", RemedyEn = "More." };
        effect.Standing = Standing.Indicative;
        return effect;
    }
}
