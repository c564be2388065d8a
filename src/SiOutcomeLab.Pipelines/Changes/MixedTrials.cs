using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Statistics;

namespace SiOutcomeLab.Pipelines.Changes;

/// <summary>
/// Trials of which some parts are of one snapshot and the rest of another, on the primary outcome alone. Participants are always the later
/// one's: who is a participant in it, and was a comparison person of the same trial in the earlier one, is a participant.
/// </summary>
internal sealed class MixedTrials : ITrials
{
    private readonly EvaluationPlan _plan;
    private readonly IReadOnlyList<string>?[] _levels;
    private readonly (RowTable Table, int Row)[] _rows;
    private readonly Period[] _trials;
    private readonly int[] _index;
    private readonly int[] _person;
    private readonly int _eligibleTreated;

    /// <param name="before">The rows of the earlier snapshot.</param>
    /// <param name="after">The rows of the later one, of the same plan and look.</param>
    /// <param name="levels">The names of both tables' categories.</param>
    /// <param name="fromAfter">The parts that are of the later one, participants among them.</param>
    public MixedTrials(RowTable before, RowTable after, IReadOnlyList<string>?[] levels, IReadOnlyCollection<RowPart> fromAfter)
    {
        if (!fromAfter.Contains(RowPart.Participants)) throw new ArgumentException("Participants are the later snapshot's.", nameof(fromAfter));
        (_plan, _levels, _eligibleTreated) = (after.Plan, levels, after.EligibleTreated);
        var chosen = new Dictionary<(PersonId Person, int Period), (RowTable Table, int Row)>();
        Take(before, part => !fromAfter.Contains(part), chosen);
        // Last: where both have a row, the later one's stands.
        Take(after, fromAfter.Contains, chosen);
        var orderOf = OrderOf(before, after);
        _rows = [.. chosen.Values.OrderBy(r => r.Table.Period[r.Row]).ThenBy(r => orderOf[r.Table.Person[r.Row]])];
        int[] periods = [.. _rows.Select(r => r.Table.Period[r.Row]).Distinct().Order()];
        _trials = [.. periods.Select(p => new Period(_plan.PeriodLength, p))];
        _index = [.. _rows.Select(r => Array.BinarySearch(periods, r.Table.Period[r.Row]))];
        var numbers = _rows.Select(r => r.Table.Person[r.Row]).Distinct().OrderBy(p => orderOf[p]).Select((p, i) => (p, i)).ToDictionary(x => x.p, x => x.i);
        _person = [.. _rows.Select(r => numbers[r.Table.Person[r.Row]])];
    }

    public IReadOnlyList<CohortOutcomeDefinition> Definitions => [new CohortOutcomeDefinition(OutcomeRole.Primary, _plan.Primary)];

    public Cohort For(int outcome) => Of([.. Enumerable.Range(0, _rows.Length).Where(IsObserved)]);

    public Cohort WithLost(int outcome)
    {
        bool[] observed = [.. Enumerable.Range(0, _rows.Length).Select(IsObserved)];
        var all = Of([.. Enumerable.Range(0, _rows.Length)]);
        return Array.TrueForAll(observed, o => o) ? all : all with { Outcome = all.Outcome.LostAsZero(), Observed = observed, Flow = For(0).Flow };
    }

    // The plan that is asked with these trials names no such terms.
    public double[] HeldOutColumn(int term) => throw new ArgumentOutOfRangeException(nameof(term), term, "Mixed trials hold no terms out.");

    public IReadOnlyList<string> HeldOutLevels(int term) => throw new ArgumentOutOfRangeException(nameof(term), term, "Mixed trials hold no terms out.");

    private bool IsObserved(int i) => !double.IsNaN(_rows[i].Table.Outcome[_rows[i].Row]);

    private Cohort Of(int[] chosen)
    {
        var rows = chosen.Select(i => _rows[i]).ToArray();
        var (person, index) = (DesignBuilder.Of(_person, chosen), DesignBuilder.Of(_index, chosen));
        bool[] treated = [.. rows.Select(r => r.Table.Part[r.Row] == RowPart.Participants)];
        double[][] terms = [.. Enumerable.Range(0, _plan.Covariates.Count).Select(t => rows.Select(r => r.Table.Terms[t][r.Row]).ToArray())];
        var (model, judged) = DesignBuilder.Build(_plan.Covariates, _levels, terms, _trials, index);
        return new Cohort(
            model,
            judged,
            treated,
            person,
            index,
            TrialCohort.OrderKeys(person, _plan.TieOrder),
            new SealedOutcome([.. rows.Select(r => r.Table.Outcome[r.Row])]),
            [Step(FlowStepKind.CovariatesKnown, Enumerable.Range(0, _rows.Length)), Step(FlowStepKind.OutcomeObserved, chosen)],
            _eligibleTreated)
        {
            Cluster = TrialClusters.Of(i => rows[i].Table.Group[rows[i].Row], person),
            TrialRow = chosen,
        };
    }

    private FlowStep Step(FlowStepKind kind, IEnumerable<int> chosen)
    {
        var isTreated = chosen.ToLookup(i => _rows[i].Table.Part[_rows[i].Row] == RowPart.Participants, i => _person[i]);
        return new FlowStep(kind, isTreated[true].Count(), isTreated[false].Distinct().Count());
    }

    private static void Take(RowTable table, Func<RowPart, bool> isTaken, Dictionary<(PersonId Person, int Period), (RowTable Table, int Row)> chosen)
    {
        for (var i = 0; i < table.Count; i++)
        {
            if (isTaken(table.Part[i])) chosen[(table.Person[i], table.Period[i])] = (table, i);
        }
    }

    // As the plan breaks ties: by pseudonym, or as the later snapshot delivered them and then as the earlier did.
    private Dictionary<PersonId, long> OrderOf(RowTable before, RowTable after)
    {
        var order = new Dictionary<PersonId, long>();
        if (_plan.TieOrder == TieOrder.AsDelivered)
        {
            for (var i = 0; i < after.Count; i++) order[after.Person[i]] = after.Delivered[i];
            for (var i = 0; i < before.Count; i++) order.TryAdd(before.Person[i], int.MaxValue + (long)before.Delivered[i]);
            return order;
        }

        foreach (var person in before.Person.Concat(after.Person).Distinct().Order()) order.Add(person, order.Count);
        return order;
    }
}
