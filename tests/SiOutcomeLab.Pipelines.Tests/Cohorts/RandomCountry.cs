using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Tests.Samples;

namespace SiOutcomeLab.Pipelines.Tests.Cohorts;

/// <summary>
/// A random country of three municipalities, a region and the tax agency: persons move, are told of twice or not at all, die, start this
/// and that; files overlap as little as the contract lets them, and allow what they allow.
/// </summary>
internal sealed class RandomCountry
{
    public const string Third = "1480";

    private const int FirstYear = 2019;
    private const int LastYear = 2026;
    private static readonly string[] Municipalities = [SamplePlans.Municipality, SamplePlans.Other, Third];

    private readonly Random _random;
    private readonly int _persons;
    private readonly List<(string Organisation, AllowedUses Uses, FollowUp Data)> _deliveries = [];

    public RandomCountry(int seed, int persons)
    {
        (_random, _persons) = (new Random(seed), persons);
        Make(FirstYear, 2022);
        Later = _deliveries.Count;
        Make(2023, LastYear);
        if (seed % 2 == 0) Shuffle(0, Later);
    }

    /// <summary>Deliveries before the first of the later half.</summary>
    public int Later { get; }

    public List<(Submission Submission, FollowUp Data)> Committed { get; } = [];

    public static Dictionary<(string Organisation, string Code), string> Methods { get; } = new()
    {
        [(SamplePlans.Municipality, SamplePlans.Code)] = "ips",
        [(SamplePlans.Municipality, "annat")] = "mst",
        [(SamplePlans.Other, "stod")] = "ips",
        [(SamplePlans.Other, SamplePlans.Code)] = "skolfam",
        [(Third, "stod")] = "mst",
    };

    public static async Task RegisterAsync(TestLab lab)
    {
        foreach (var ((organisation, code), method) in Methods)
        {
            await lab.Catalogue.Plans.TryRegisterInterventionAsync(
                new Intervention(new(organisation), new(code), method, new(code, code), null, null) is var made && code == SamplePlans.Code && method == "ips"
                    ? SamplePlans.Intervention
                    : made,
                TestLab.Token);
        }
    }

    public async Task CommitAsync(TestLab lab, int from, int to)
    {
        foreach (var (organisation, uses, data) in _deliveries.Skip(from).Take(to - from))
        {
            if (data.Rows > 0) Committed.Add((await lab.CommitAsync(data, organisation, uses), data));
        }
    }

    public async Task CommitAllAsync(TestLab lab) => await CommitAsync(lab, 0, _deliveries.Count);

    /// <summary>A plan that uses most of what there is.</summary>
    public static EvaluationPlan Plan(int seed) => SamplePlans.Years with
    {
        FirstIndex = SamplePlans.Year(2021),
        LastIndex = SamplePlans.Year(2024),
        Pool = seed % 3 == 0 ? ComparisonPool.OwnOrganisation : ComparisonPool.Project,
        TieOrder = seed % 4 == 1 ? TieOrder.AsDelivered : TieOrder.Pseudonym,
        TargetGroup = [new TargetCondition("age_years", 1, 20, 60, null), new TargetCondition("sex", 1, null, null, ["man", "woman"])],
        Covariates = [new("sex", 1), new("household_type", 1, "couple"), new("earnings_sek", 1), new("income_support_months", 2), new("psychiatry_visits", 1)],
        Primary = new OutcomeDefinition(new MeasureCode("earnings_sek"), 2, seed % 2 == 0 ? OutcomeSummary.SumToHorizon : OutcomeSummary.AtHorizon),
        Secondaries = [new OutcomeDefinition(new MeasureCode("income_support_months"), 1, OutcomeSummary.AtHorizon)],
        NegativeControls = [new OutcomeDefinition(new MeasureCode("psychiatry_visits"), 1, OutcomeSummary.SumToHorizon)],
        LaterStart = seed % 5 < 2 ? LaterStartRule.Censored : null,
    };

    private void Make(int first, int last)
    {
        var data = Municipalities.ToDictionary(m => m, m => new FollowUp { Municipality = m, GroupRows = 5 + _random.Next(40) });
        var (region, tax) = (new FollowUp { GroupRows = 11 }, new FollowUp { GroupRows = 17 });
        for (var person = 0; person < _persons; person++)
        {
            var home = Municipalities[_random.Next(3)];
            for (var year = first; year <= last; year++)
            {
                if (_random.Next(8) == 0) home = Municipalities[_random.Next(3)];
                foreach (var municipality in Municipalities)
                {
                    var tells = municipality == home ? _random.Next(12) > 0 : _random.Next(9) == 0;
                    if (tells) Tell(data[municipality], person, year, _random.Next(5) == 0 ? Municipalities[_random.Next(3)] : home);
                }

                if (_random.Next(8) > 0) region.Row(person, $"{year}", ("psychiatry_visits", Maybe(_random.Next(300))), ("earnings_sek", 1.5));
                if (year >= 2021 && _random.Next(8) > 0) tax.Row(person + (_random.Next(30) == 0 ? 1000 : 0), $"{year}", ("earnings_sek", Number()));
            }

            if (_random.Next(3) == 0) Start(data, person, first, last);
            if (_random.Next(6) == 0) Start(data, person, first, last);
        }

        foreach (var (municipality, told) in data) _deliveries.Add((municipality, Uses(municipality), told));
        _deliveries.Add(("region-skane", AllowedUses.ComparisonForOthers, region));
        _deliveries.Add(("skatteverket", _random.Next(5) == 0 ? AllowedUses.OwnEvaluation : AllowedUses.ComparisonForOthers, tax));
    }

    private void Tell(FollowUp data, int person, int year, string registered) => data.Row(
        person, $"{year}", ("municipality_code", registered),
        ("age_years", _random.Next(15) == 0 ? null : 15 + ((person * 7) % 50)),
        ("sex", _random.Next(20) == 0 ? null : person % 2 == 0 ? "woman" : "man"),
        ("household_type", new[] { "couple", "other", "single" }[_random.Next(3)]),
        ("earnings_sek", Number()),
        ("income_support_months", Maybe(_random.Next(13))),
        ("exit_reason", _random.Next(12) == 0 ? new[] { "moved", "died", "aged_out" }[_random.Next(3)] : null));

    private void Start(Dictionary<string, FollowUp> data, int person, int first, int last)
    {
        var (organisation, code) = Methods.Keys.ElementAt(_random.Next(6) < 3 ? 0 : _random.Next(Methods.Count));
        data[organisation].Start(person, code, $"{first + _random.Next(last - first + 1)}-0{1 + _random.Next(9)}-15", _random.Next(3) == 0 ? $"g{_random.Next(4)}" : null);
    }

    private AllowedUses Uses(string municipality) => municipality == SamplePlans.Municipality
        ? AllowedUses.OwnEvaluation | (_random.Next(2) == 0 ? AllowedUses.ComparisonForOthers : 0)
        : _random.Next(4) == 0 ? AllowedUses.OwnEvaluation : AllowedUses.ComparisonForOthers;

    // Fractions, large and small whole numbers, and none.
    private double? Number() => _random.Next(10) == 0 ? null : _random.Next(3) switch { 0 => _random.Next(200), 1 => _random.Next(1 << 20), _ => _random.NextDouble() };

    private int? Maybe(int value) => _random.Next(12) == 0 ? null : value;

    private void Shuffle(int from, int to)
    {
        for (var i = to - 1; i > from; i--)
        {
            var j = from + _random.Next(i - from + 1);
            (_deliveries[i], _deliveries[j]) = (_deliveries[j], _deliveries[i]);
        }
    }
}
