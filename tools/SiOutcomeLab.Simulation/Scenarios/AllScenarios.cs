namespace SiOutcomeLab.Simulation.Scenarios;

/// <summary>The study's scenarios, in the order of the report.</summary>
internal static class AllScenarios
{
    public static IReadOnlyList<IScenario> List { get; } =
    [
        new PersonScenario { Name = "good overlap", What = "1 000 persons, 30 % treated; both models right.", Rows = 1000 },
        new PersonScenario
        {
            Name = "poor overlap", Rows = 1000, Selection = 1.5,
            What = "As the first, with a selection that leaves few comparison persons like many of the treated.",
        },
        new PersonScenario
        {
            Name = "strong confounding", Rows = 1000, Confounding = 2,
            What = "As the first, with an outcome that the covariates decide most of.",
        },
        new PersonScenario
        {
            Name = "heterogeneous effects", Rows = 1000, Heterogeneity = 0.5,
            What = "The effect grows by 0.5 per standard deviation of the covariate that decides treatment most.",
        },
        new PersonScenario
        {
            Name = "rare outcome", Rows = 5000, TreatedShare = 0.1, Rare = 0.03, Effect = 0.5,
            What = "5 000 persons, a yes-or-no outcome that 3 % have.",
        },
        new PersonScenario
        {
            Name = "n = 30", Rows = 30, TreatedShare = 0.5, Selection = 0.3, Effect = 0.8,
            What = "30 persons, half of them treated: what the balance gate makes of very small groups.",
        },
        new PersonScenario
        {
            Name = "n = 60", Rows = 60, TreatedShare = 0.5, Selection = 0.3, Effect = 0.5,
            What = "60 persons, half of them treated.",
        },
        new PersonScenario
        {
            Name = "n = 120", Rows = 120, TreatedShare = 0.5, Selection = 0.3, Effect = 0.5,
            What = "120 persons, half of them treated.",
        },
        new PersonScenario { Name = "n = 300", What = "300 persons, 30 % treated.", Rows = 300, Effect = 0.5 },
        new PersonScenario
        {
            Name = "few participants, large pool", Rows = 3000, TreatedShare = 0.01, Effect = 0.5,
            What = "30 participants or so beside 3 000 comparison persons, as a small municipality has them.",
        },
        new PersonScenario { Name = "n = 5 000", What = "5 000 persons, 30 % treated.", Rows = 5000, Effect = 0.1 },
        new PersonScenario
        {
            Name = "clustered", Rows = 1000, ClusterSize = 10,
            What = "1 000 persons; the treated come in delivery groups of 10 that share something.",
        },
        new PersonScenario
        {
            Name = "bent outcome", Rows = 1000, BentOutcome = true,
            What = "The outcome depends on a square and a product that no model has; the propensity model is right.",
        },
        new PersonScenario
        {
            Name = "bent treatment", Rows = 1000, BentTreatment = true,
            What = "Treatment depends on a square and a product that no model has; the outcome model is right.",
        },
        new PersonScenario
        {
            Name = "both bent", Rows = 1000, BentTreatment = true, BentOutcome = true,
            What = "Treatment and outcome both depend on what no model has.",
        },
        new AttritionScenario(),
        new StaggeredScenario(),
        new SharedComparisonScenario(8, 0),
        new SharedComparisonScenario(8, 0.2),
        new SharedComparisonScenario(20, 0.2),
        .. new[] { 3, 5, 8, 20 }.SelectMany(k => new[] { 0, 0.25, 0.5, 0.75, 0.9 }.Select(share => new FewSourcesScenario(k, share))),
    ];
}
