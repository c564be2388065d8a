using SiOutcomeLab.Country.Making;
using SiOutcomeLab.Country.Programme;
using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Country.Trials;

/// <summary>Gathers the rows of <see cref="TrialTable"/>.</summary>
internal sealed class RowCollector(Population population, InterventionDesign design, OutcomeDefinition outcome, int measure)
{
    private readonly Dictionary<(int, int), int> _persons = [];
    private readonly List<(MadePopulation Data, int Person)> _rows = [];
    private readonly int _slot = population.Methods.ToList().IndexOf(design.Method);

    public List<bool> Treated { get; } = [];

    public List<double> Outcome { get; } = [];

    public List<int> Person { get; } = [];

    public List<int> Quarter { get; } = [];

    public List<int> Group { get; } = [];

    public List<double> Effect { get; } = [];

    /// <param name="municipality">Whose persons are looked at.</param>
    /// <param name="participants">Its participants by person, when it is the one that is evaluated; null elsewhere.</param>
    /// <param name="quarter">The index quarter.</param>
    /// <param name="onlyTreated">Whether its other persons stay out.</param>
    public void Add(MadeMunicipality municipality, Dictionary<int, Participant>? participants, int quarter, bool onlyTreated = false)
    {
        var data = municipality.Populations.First(p => p.Population == population);
        for (var person = 0; person < data.Persons; person++)
        {
            var started = data.Start(person, _slot);
            var treated = participants is not null && started == quarter && person < data.OwnPersons;
            if (started >= 0 && started <= quarter && !treated) continue;
            if (onlyTreated && !treated) continue;
            // Two quarters before must have been reported here, and one quarter before the person must be registered here.
            if (data.First[person] > quarter - 2 || data.Last[person] < quarter - 1 || data.Moved[person] < quarter) continue;
            if (population.AreAdults && data.Education(person) is null) continue;
            if (!InTarget(data, person, quarter)) continue;
            Treated.Add(treated);
            Outcome.Add(OutcomeOf(data, person, quarter));
            Person.Add(NumberOf(data, person));
            Quarter.Add(quarter);
            var participant = treated ? participants![person] : null;
            Group.Add(participant is { Group: >= 0 } ? -(1 + (quarter * 1000) + participant.Group) : _rows.Count);
            Effect.Add(participant?.Effect(measure, outcome.HorizonPeriods, outcome.Summary, Against.NotStartingThen) ?? double.NaN);
            _rows.Add((data, person));
        }
    }

    public IEnumerable<(string Name, List<double> Values)> Columns()
    {
        yield return Column("sex=woman@1", (d, p, _) => d.IsWoman(p) ? 1 : 0);
        yield return Column("birth_year@1", (d, p, _) => d.BirthYear(p));
        if (population.AreAdults)
        {
            yield return Column("education_level=tertiary@1", (d, p, _) => d.Education(p) == "tertiary" ? 1 : 0);
            yield return Column("education_level=upper_secondary@1", (d, p, _) => d.Education(p) == "upper_secondary" ? 1 : 0);
            yield return Column("household_type=couple@1", (d, p, _) => d.Household(p) == "couple" ? 1 : 0);
            yield return Column("household_type=single@1", (d, p, _) => d.Household(p) == "single" ? 1 : 0);
        }

        yield return Column("household_type=single_with_children@1", (d, p, _) => d.Household(p) == "single_with_children" ? 1 : 0);
        for (var k = 0; k < population.Measures.Length; k++)
        {
            for (var lag = 1; lag <= 2; lag++)
            {
                var (at, back) = (k, lag);
                yield return Column($"{population.Measures[k].Code}@{lag}", (d, p, q) => d.Value(p, at, q - back));
            }
        }

        for (var later = design.FirstQuarter + 1; later <= design.LastQuarter; later++)
        {
            var quarter = later;
            if (Quarter.Contains(quarter)) yield return Column($"index={CountryRules.PeriodOf(quarter)}", (_, _, q) => q == quarter ? 1 : 0);
        }
    }

    private (string, List<double>) Column(string name, Func<MadePopulation, int, int, double> value) =>
        (name, [.. _rows.Select((row, at) => value(row.Data, row.Person, Quarter[at]))]);

    private bool InTarget(MadePopulation data, int person, int quarter) => design.Method.TargetMeasure < 0
        || design.Method.InTarget(data.Value(person, design.Method.TargetMeasure, quarter - 1));

    private double OutcomeOf(MadePopulation data, int person, int quarter)
    {
        var last = quarter + outcome.HorizonPeriods;
        if (last > data.LastFollowed(person)) return double.NaN;
        var sum = 0.0;
        for (var q = outcome.Summary == OutcomeSummary.AtHorizon ? last : quarter + 1; q <= last; q++) sum += data.Value(person, measure, q);
        return sum;
    }

    private int NumberOf(MadePopulation data, int person)
    {
        if (_persons.TryGetValue(data.Origins[person], out var number)) return number;
        number = _persons.Count;
        _persons.Add(data.Origins[person], number);
        return number;
    }
}
