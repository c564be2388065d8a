using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Pipelines.Cohorts.Reading;

namespace SiOutcomeLab.Pipelines.Cohorts;

/// <summary>
/// The emulated trials of a plan. At each index period the risk set is everybody who was observed in the period before, meets the
/// target-group conditions then, and has not started by the index period; who starts in it is treated, the rest are comparison rows.
/// Whoever has started the same method before, there or elsewhere, is in neither group. Later periods decide nothing about who is in an
/// earlier risk set.
/// </summary>
internal sealed class RiskSets
{
    private readonly EvaluationPlan _plan;
    private readonly PlanView _view;
    private readonly PlanStarts _starts;
    private readonly TargetGroup _target;
    private readonly VariableColumn[] _terms;
    private readonly OutcomeColumn[] _outcomes;
    private readonly VariableColumn _municipality;
    private readonly VariableColumn[] _heldOut;
    private readonly TrialRows _rows;
    private readonly FlowCount _observed;
    private readonly FlowCount _inTarget;
    private readonly FlowCount _known;

    public RiskSets(EvaluationPlan plan, TrialOptions options, PlanView view, PlanStarts starts)
    {
        (_plan, _view, _starts) = (plan, view, starts);
        _target = new TargetGroup(plan, view);
        _terms = [.. plan.Covariates.Select(c => view.Store.Column(c.Variable))];
        _outcomes = [.. options.Outcomes.Select(o => new OutcomeColumn(o.Outcome, options.LaterStart, view, starts))];
        _municipality = view.Store.Column("municipality_code");
        _heldOut = [.. options.HeldOut.Select(h => view.Store.Column(h.Variable))];
        _rows = new TrialRows(plan, options, view, starts);
        (_observed, _inTarget, _known) = (Count(FlowStepKind.Observed), Count(FlowStepKind.InTargetGroup), Count(FlowStepKind.CovariatesKnown));

        FlowCount Count(FlowStepKind kind) => new(kind, view.Store.People.Count);
    }

    public TrialRows Assemble()
    {
        int[] started = [.. _starts.StartedWithin(_plan.FirstIndex, _plan.LastIndex)];
        int[] trials = [.. started.Select(_starts.Own).Distinct().Order()];
        var persons = Candidates(started, trials);
        for (var trial = 0; trial < trials.Length; trial++) AddTrial(new Period(_plan.PeriodLength, trials[trial]), trial, persons, mayBeTreated: true);
        _rows.Close([_observed.Step, _inTarget.Step, _known.Step], _inTarget.Treated);
        return _rows;
    }

    /// <summary>The risk set of one index period with nobody treated: whoever starts in it is left out, as whoever has started is.</summary>
    public TrialRows AssembleUntreated(Period indexPeriod)
    {
        int[] trials = [indexPeriod.Ordinal];
        AddTrial(indexPeriod, 0, Candidates([], trials), mayBeTreated: false);
        _rows.Close([_observed.Step, _inTarget.Step, _known.Step], 0);
        return _rows;
    }

    // Whoever may be in some trial, in the order that rows stand in. Participants nobody has sent a row for are among them: they are counted
    // as lost, not forgotten.
    private int[] Candidates(int[] started, int[] trials)
    {
        var store = _view.Store;
        int[] before = [.. trials.Select(t => store.PeriodIndex(new Period(_plan.PeriodLength, t - 1)))];
        var isCandidate = new bool[store.People.Count];
        foreach (var person in started) isCandidate[person] = true;
        for (var person = 0; person < store.Persons; person++)
        {
            foreach (var period in before)
            {
                if (!_view.IsObserved(person, period)) continue;
                isCandidate[person] = true;
                break;
            }
        }

        var candidates = new List<int>();
        for (var person = 0; person < isCandidate.Length; person++)
        {
            if (isCandidate[person]) candidates.Add(person);
        }

        int[] persons = [.. candidates];
        if (_plan.TieOrder == TieOrder.AsDelivered) return persons;
        var ranks = new int[persons.Length];
        for (var i = 0; i < ranks.Length; i++) ranks[i] = store.Ranks[persons[i]];
        Array.Sort(ranks, persons);
        return persons;
    }

    private void AddTrial(Period indexPeriod, int trial, int[] persons, bool mayBeTreated)
    {
        var before = _view.Store.PeriodIndex(indexPeriod.Plus(-1));
        int[] termPeriods = [.. _plan.Covariates.Select(c => _view.Store.PeriodIndex(indexPeriod.Plus(-c.Lag)))];
        int[] heldOutPeriods = [.. _rows.Options.HeldOut.Select(h => _view.Store.PeriodIndex(indexPeriod.Plus(-h.Lag)))];
        var values = new double[_terms.Length];
        _target.At(indexPeriod);
        _rows.BeginTrial(indexPeriod);
        foreach (var person in persons)
        {
            var isTreated = mayBeTreated && _starts.Own(person) == indexPeriod.Ordinal;
            var earliest = _starts.SameMethod(person);
            if (earliest < indexPeriod.Ordinal || (earliest == indexPeriod.Ordinal && !isTreated)) continue;
            var isObserved = _view.IsObserved(person, before);
            if (!isTreated && !isObserved) continue;
            _observed.Add(person, isTreated);
            if (!isObserved || !_target.Meets(person)) continue;
            _inTarget.Add(person, isTreated);
            if (!AreKnown(person, termPeriods, values)) continue;
            _known.Add(person, isTreated);
            _rows.Add(person, trial, isTreated, values, _view.Value(_municipality, person, before));
            for (var h = 0; h < _heldOut.Length; h++) _rows.AddHeldOut(h, _view.Value(_heldOut[h], person, heldOutPeriods[h]));
            for (var o = 0; o < _outcomes.Length; o++)
            {
                var value = _outcomes[o].Of(person, indexPeriod, isTreated, out var why);
                _rows.AddOutcome(o, value, why);
            }
        }
    }

    private bool AreKnown(int person, int[] periods, double[] values)
    {
        for (var j = 0; j < values.Length; j++)
        {
            values[j] = _view.Value(_terms[j], person, periods[j]);
            if (double.IsNaN(values[j])) return false;
        }

        return true;
    }

    /// <summary>Counts persons, not rows: a comparison person stands in several trials and is one person all the same.</summary>
    private sealed class FlowCount(FlowStepKind kind, int persons)
    {
        private readonly bool[] _counted = new bool[persons];
        private int _comparison;

        public int Treated { get; private set; }

        public FlowStep Step => new(kind, Treated, _comparison);

        public void Add(int person, bool isTreated)
        {
            if (isTreated)
            {
                Treated++;
                return;
            }

            if (_counted[person]) return;
            _counted[person] = true;
            _comparison++;
        }
    }
}
