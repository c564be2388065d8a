using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Pipelines.Cohorts;

/// <summary>
/// The emulated trials of a plan. At each index period the risk set is everybody who was observed in the period before, meets the
/// target-group conditions then, and has not started by the index period; who starts in it is treated, the rest are comparison rows.
/// Whoever has started the same method before, there or elsewhere, is in neither group. A comparison person who starts later stays, as
/// assigned. Later periods decide nothing about who is in an earlier risk set.
/// </summary>
internal sealed class RiskSets(EvaluationPlan plan, FollowUpTable table, StartReader starts)
{
    private readonly List<Row> _rows = [];
    private readonly FlowCount _observed = new(FlowStepKind.Observed);
    private readonly FlowCount _inTarget = new(FlowStepKind.InTargetGroup);
    private readonly FlowCount _known = new(FlowStepKind.CovariatesKnown);
    private readonly FlowCount _withOutcome = new(FlowStepKind.OutcomeObserved);

    public Cohort Assemble()
    {
        var ownStart = PeriodsOf(starts.Own);
        var anyStart = PeriodsOf(starts.SameMethod);
        var indexPeriods = starts.Own.Values.Where(p => p >= plan.FirstIndex && p <= plan.LastIndex).Distinct().Order().ToArray();
        // Participants nobody has sent a row for are counted as lost, not forgotten.
        _observed.Treated += starts.Own.Count(s => s.Value >= plan.FirstIndex && s.Value <= plan.LastIndex && !table.TryFind(s.Key, out _));
        for (var index = 0; index < indexPeriods.Length; index++) AddTrial(indexPeriods[index], index, ownStart, anyStart);
        return Finish();
    }

    private void AddTrial(Period indexPeriod, int index, Period?[] ownStart, Period?[] anyStart)
    {
        var before = table.PeriodIndex(indexPeriod.Plus(-1));
        for (var person = 0; person < table.Persons; person++)
        {
            var isTreated = ownStart[person] == indexPeriod;
            if (anyStart[person] is { } started && (started < indexPeriod || (started == indexPeriod && !isTreated))) continue;
            var isObserved = table.IsObserved(person, before);
            if (!isTreated && !isObserved) continue;
            _observed.Add(person, isTreated);
            if (!isObserved || !MeetsTarget(person, indexPeriod)) continue;
            _inTarget.Add(person, isTreated);
            if (!plan.Covariates.All(c => !double.IsNaN(Value(person, c.Variable, indexPeriod.Plus(-c.Lag))))) continue;
            _known.Add(person, isTreated);
            var outcome = Outcome(person, indexPeriod);
            if (double.IsNaN(outcome)) continue;
            _withOutcome.Add(person, isTreated);
            _rows.Add(new Row(person, index, indexPeriod, isTreated, outcome));
        }
    }

    private Cohort Finish()
    {
        var (model, judged) = new DesignBuilder(plan, table).Build([.. _rows.Select(r => (r.Person, r.IndexPeriod, r.Index))]);
        return new Cohort(
            model,
            judged,
            [.. _rows.Select(r => r.IsTreated)],
            [.. _rows.Select(r => r.Person)],
            [.. _rows.Select(r => r.Index)],
            OrderKeys(),
            new SealedOutcome([.. _rows.Select(r => r.Outcome)]),
            [_observed.Step, _inTarget.Step, _known.Step, _withOutcome.Step],
            _inTarget.Treated);
    }

    // One distinct key per row: the row's place as delivered, or the pseudonym's rank and then the index period.
    private long[] OrderKeys()
    {
        var keys = new long[_rows.Count];
        if (plan.TieOrder == TieOrder.AsDelivered)
        {
            for (var i = 0; i < keys.Length; i++) keys[i] = i;
            return keys;
        }

        var order = Enumerable.Range(0, keys.Length).OrderBy(i => table.PersonAt(_rows[i].Person)).ThenBy(i => _rows[i].Index).ToArray();
        for (var rank = 0; rank < order.Length; rank++) keys[order[rank]] = rank;
        return keys;
    }

    private bool MeetsTarget(int person, Period indexPeriod) => plan.TargetGroup.All(condition =>
    {
        var value = Value(person, condition.Variable, indexPeriod.Plus(-condition.Lag));
        if (double.IsNaN(value)) return false;
        var column = table.Column(condition.Variable);
        if (condition.OneOf is { Count: > 0 } levels) return column.IsCategory && levels.Contains(column.Levels[(int)value]);
        return !column.IsCategory && !(value < condition.Minimum) && !(value > condition.Maximum);
    });

    private double Outcome(int person, Period indexPeriod)
    {
        var measure = plan.Primary.Measure.Code;
        if (plan.Primary.Summary == OutcomeSummary.AtHorizon) return Value(person, measure, indexPeriod.Plus(plan.Primary.HorizonPeriods));
        var sum = 0.0;
        for (var t = 1; t <= plan.Primary.HorizonPeriods; t++) sum += Value(person, measure, indexPeriod.Plus(t));
        return sum;
    }

    private double Value(int person, string variable, Period period)
    {
        var at = table.PeriodIndex(period);
        return at < 0 ? double.NaN : table.Column(variable)[table.Cell(person, at)];
    }

    private Period?[] PeriodsOf(Dictionary<PersonId, Period> byPerson)
    {
        var result = new Period?[table.Persons];
        foreach (var (person, period) in byPerson)
        {
            if (table.TryFind(person, out var index)) result[index] = period;
        }

        return result;
    }

    private readonly record struct Row(int Person, int Index, Period IndexPeriod, bool IsTreated, double Outcome);

    /// <summary>Counts persons, not rows: a comparison person stands in several trials and is one person all the same.</summary>
    private sealed class FlowCount(FlowStepKind kind)
    {
        private readonly HashSet<int> _comparison = [];

        public int Treated { get; set; }

        public FlowStep Step => new(kind, Treated, _comparison.Count);

        public void Add(int person, bool isTreated)
        {
            if (isTreated) Treated++;
            else _comparison.Add(person);
        }
    }
}
