using SiOutcomeLab.Protos.Costs.V1;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Protos.Plans.V1;

namespace SiOutcomeLab.Cli.Tests.Samples;

/// <summary>Kronor as a hub may release them.</summary>
internal static class SampleCosts
{
    public static Saving Counted(string plan = "jobb-0180", string set = "full-cost") => new()
    {
        Name = $"costs/{plan}-v1-01234567-{set}-2024-89abcdef/saving",
        Costs = $"costs/{plan}-v1-01234567-{set}-2024-89abcdef",
        Status = SavingStatus.Counted,
        Subject = Subject(plan),
        Terms = Terms(set),
        Standing = Standing.Verified,
        HoldsFor = EstimateGroup.AllTreated,
        Participants = Shown(35),
        EconomicValue = Money(342_000),
        Marginal = Money(273_000),
        BudgetReducible = Money(0),
        BudgetReducibleLater = Money(198_000),
        SentencesSv = { "Per deltagare sparas ett värde av 342 000 kronor." },
        SentencesEn = { "Per participant a value of 342,000 kronor is saved." },
        Prices = { Price() },
        Lineage = new CostLineage { RuleVersion = "standard-1", DataStanding = DataStanding.Current },
    };

    public static Saving Missing() => new()
    {
        Name = "costs/skola-v1-01234567-full-cost-2024-89abcdef/saving",
        Status = SavingStatus.NotEstimable,
        Reason = "BALANCE_GATE_FAILED",
        Subject = Subject("skola"),
        Terms = Terms("full-cost"),
        SentencesSv = { "Ingen besparing räknas." },
        SentencesEn = { "No saving is counted." },
        Lineage = new CostLineage { RuleVersion = "standard-1", DataStanding = DataStanding.Withdrawn },
    };

    public static CostBaseline Baseline(BaselineKind kind = BaselineKind.TargetGroup, string plan = "jobb-0180") => new()
    {
        Name = "costs/jobb/target-group",
        Kind = kind,
        Subject = Subject(plan),
        Terms = Terms("full-cost"),
        PerPersonYear = Money(kind == BaselineKind.TargetGroup ? 294_000 : 548_000),
        SentenceSv = "En person i målgruppen kostar 294 000 kronor om året.",
        SentenceEn = "A person of the target group costs 294,000 kronor a year.",
        Prices = { Price() },
        Lineage = new CostLineage { RuleVersion = "standard-1", DataStanding = DataStanding.Current },
    };

    public static Money Money(double paid)
    {
        var money = new Money
        {
            Persons = Shown(70),
            Paid = Shown(paid),
            CiLow = Shown(paid * 0.5),
            CiHigh = Shown(paid * 1.5),
            Resources = Shown(paid),
            Transfers = Shown(0),
            Winsorised = SampleEffects.Hidden(),
            ByActor = { Of(Actor.Municipality, "kommunen", "the municipality", 0.72), Of(Actor.StateInstitutions, "Statens institutionsstyrelse", "the National Board of Institutional Care", 0.28) },
            ByBudgetItem = { new BudgetItemAmount { Code = "child_placement", Actor = Actor.Municipality, NameSv = "placering barn och unga", NameEn = "placement of children and young people", Sek = Shown(paid * 0.72) } },
            ByProvenance = { new ProvenanceAmount { Provenance = Provenance.ModelledFromProxy, Sek = Shown(paid) } },
        };
        return money;

        ActorAmount Of(Actor actor, string sv, string en, double share) => new()
        {
            Actor = actor, NameSv = sv, NameEn = en, Sek = Shown(paid * share), CiLow = Shown(paid * share * 0.5), CiHigh = Shown(paid * share * 1.5),
        };
    }

    public static CompareUnitCostsResponse Compared() => new()
    {
        FromSet = new UnitCostSet { Code = "municipal-fee", NameSv = "Kommunens egen utgift", NameEn = "The municipality's own outlay" },
        ToSet = new UnitCostSet { Code = "full-cost", NameSv = "Hela kostnaden", NameEn = "The full cost" },
        PriceYear = 2024,
        Measures =
        {
            new MeasureComparison
            {
                Measure = "placement_days", FromSek = 4359, ToSek = 6054, PercentOnOtherActors = 28,
                Parts = { new DifferencePart { Driver = PriceDriver.Figure, Sek = 1695 }, new DifferencePart { Driver = PriceDriver.PriceYear, Sek = 0 } },
            },
            new MeasureComparison
            {
                Measure = "sick_leave_days", ToSek = 1147, Gaps = { new CostGap { Kind = "NO_UNIT_COST", Set = "municipal-fee", Measure = "sick_leave_days" } },
            },
        },
    };

    private static CostSubject Subject(string plan) => new()
    {
        Plan = plan, PlanVersion = 1, TitleSv = "Familjeterapi", TitleEn = "Family therapy", Organisation = "0180", Method = "familjeterapi",
        Primary = new OutcomeDefinition { Measure = "placement_days", HorizonPeriods = 4, Summary = OutcomeSummary.SumToHorizon }, HorizonYears = 1,
    };

    private static CostTerms Terms(string set) => new()
    {
        UnitCostSet = set, PriceYear = 2024, PriceIndex = "kpi", PriceIndexNameSv = "konsumentprisindex", PriceIndexNameEn = "consumer price index",
        DiscountRate = 0.035, DiscountRateSv = "3,5 procent om året", DiscountRateEn = "3.5 per cent a year", ConfidenceLevel = 0.95,
    };

    private static PriceUsed Price() => new()
    {
        Set = "full-cost", Code = "sis_treatment_open_day", NameSv = "SiS behandling öppen per dygn", NameEn = "SiS open treatment per day",
        Measure = "placement_days", PublishedSek = 4900, Unit = "day", PriceYear = 2020, PerMeasureUnit = 6053.66,
        FigureProvenance = Provenance.ModelledFromProxy, Source = "stat-inst.se, fee list second half of 2020",
    };

    private static Cell Shown(double value) => SampleEffects.Shown(value);
}
