using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Tests.Samples;

namespace SiOutcomeLab.Pipelines.Tests.Cohorts;

/// <summary>A row of a trial as the rules say it, with everything in it.</summary>
internal sealed record NaiveRow(
    string Person, int Index, bool Treated, object[] Terms, double[] Outcomes, LossReason[] Losses, string Municipality, string Received);

/// <summary>
/// The rules of a cohort once more, from the rows before they became files: dictionaries, no thought of speed. Second witness of the
/// columnar store, its views and the risk sets.
/// </summary>
internal sealed class NaiveCohort
{
    private readonly EvaluationPlan _plan;
    private readonly List<(Submission Submission, FollowUp Data)> _readable;
    private readonly Dictionary<(string, Period), Dictionary<string, object?>> _rows = [];
    private readonly Dictionary<(string, Period, string), double> _owned = [];
    private readonly HashSet<(Period, string)> _ownedPeriods = [];
    private readonly List<string> _delivered = [];

    public NaiveCohort(EvaluationPlan plan, IEnumerable<(Submission Submission, FollowUp Data)> all)
    {
        _plan = plan;
        _readable = [.. all.OrderBy(a => a.Submission.Sequence).Where(a => MayRead(a.Submission))];
        foreach (var (submission, data) in _readable.Where(r => r.Submission.Organisation.IsMunicipality && r.Submission.PeriodLength == plan.PeriodLength))
        {
            foreach (var (person, period, values) in data.AllRows)
            {
                if (!_delivered.Contains(person)) _delivered.Add(person);
                values["municipality_code"] = values.GetValueOrDefault("municipality_code") ?? data.Municipality;
                values["(from)"] = submission.Organisation.Code;
                var isThere = _rows.TryGetValue((person, period), out var other);
                if (!isThere || (!SaysOwn(other!) && SaysOwn(values))) _rows[(person, period)] = values;
            }
        }

        foreach (var (submission, data) in _readable.Where(r => !r.Submission.Organisation.IsMunicipality && r.Submission.PeriodLength == plan.PeriodLength))
        {
            foreach (var (person, period, values) in data.AllRows)
            {
                foreach (var (name, value) in values.Where(v => v.Value is not null && Owns(submission.Organisation.Code, v.Key)))
                {
                    _ownedPeriods.Add((period, name));
                    _owned.TryAdd((person, period, name), Convert.ToDouble(value));
                }
            }
        }
    }

    public List<NaiveRow> Rows(IReadOnlyDictionary<(string Organisation, string Code), string> methods)
    {
        var starts = _readable.SelectMany(r => r.Data.AllStarts.Select(s => (
            s.Person, Period: Period.Containing(s.Start, _plan.PeriodLength), Method: methods[(r.Submission.Organisation.Code, s.Code)],
            IsOwn: r.Submission.Organisation == _plan.Organisation && s.Code == _plan.Intervention.Code))).ToList();
        var method = methods[(_plan.Organisation.Code, _plan.Intervention.Code)];
        var own = starts.Where(s => s.IsOwn).GroupBy(s => s.Person).ToDictionary(g => g.Key, g => g.Min(s => s.Period));
        var any = starts.Where(s => s.Method == method).GroupBy(s => s.Person).ToDictionary(g => g.Key, g => g.Min(s => s.Period));
        var trials = own.Values.Where(p => p >= _plan.FirstIndex && p <= _plan.LastIndex).Distinct().Order().ToList();
        IEnumerable<string> persons = _plan.TieOrder == TieOrder.AsDelivered ? _delivered : _delivered.Order(StringComparer.Ordinal);
        var result = new List<NaiveRow>();
        foreach (var (trial, index) in trials.Select((t, i) => (t, i)))
        {
            foreach (var person in persons)
            {
                var treated = own.TryGetValue(person, out var mine) && mine == trial;
                if (any.TryGetValue(person, out var first) && (first < trial || (first == trial && !treated))) continue;
                if (!_rows.TryGetValue((person, trial.Plus(-1)), out var before)) continue;
                if (!_plan.TargetGroup.All(c => Meets(c, Value(person, c.Variable, trial.Plus(-c.Lag))))) continue;
                var terms = _plan.Covariates.Select(c => Value(person, c.Variable, trial.Plus(-c.Lag))).ToArray();
                if (terms.Contains(null)) continue;
                var outcomes = TrialOptions.Of(_plan).Outcomes.Select(o => Outcome(person, trial, o.Outcome, treated ? null : any.GetValueOrDefault(person))).ToArray();
                var received = starts
                    .Where(s => s.Person == person && s.Period >= trial && s.Period <= trial.Plus(_plan.Primary.HorizonPeriods) && !(s.IsOwn && treated))
                    .Select(s => s.Method).Distinct().Order(StringComparer.Ordinal);
                result.Add(new NaiveRow(
                    person, index, treated, terms!, [.. outcomes.Select(o => o.Value)], [.. outcomes.Select(o => o.Loss)],
                    (string)before["municipality_code"]!, string.Join('+', received)));
            }
        }

        return result;
    }

    private (double Value, LossReason Loss) Outcome(string person, Period trial, OutcomeDefinition outcome, Period? laterStart)
    {
        var from = outcome.Summary == OutcomeSummary.AtHorizon ? outcome.HorizonPeriods : 1;
        var sum = 0.0;
        for (var t = from; t <= outcome.HorizonPeriods; t++)
        {
            if (_plan.LaterStart == LaterStartRule.Censored && laterStart is { Ordinal: > 0 } start && trial.Plus(t) >= start) return (double.NaN, LossReason.StartedLater);
            if (Value(person, outcome.Measure.Code, trial.Plus(t)) is not { } value) return (double.NaN, Why(person, trial, t));
            sum += Convert.ToDouble(value);
        }

        return (sum, LossReason.None);
    }

    private LossReason Why(string person, Period trial, int missing)
    {
        for (var t = missing; t >= 0; t--)
        {
            switch (Value(person, "exit_reason", trial.Plus(t)))
            {
                case "moved": return LossReason.Moved;
                case "died": return LossReason.Died;
                case "aged_out": return LossReason.AgedOut;
            }
        }

        return LossReason.NotReported;
    }

    private object? Value(string person, string variable, Period period)
    {
        if (_ownedPeriods.Contains((period, variable))) return _owned.TryGetValue((person, period, variable), out var owned) ? owned : null;
        return _rows.TryGetValue((person, period), out var row) ? row.GetValueOrDefault(variable) : null;
    }

    private static bool Meets(TargetCondition condition, object? value) => value switch
    {
        null => false,
        string text => condition.OneOf is { } levels && levels.Contains(text),
        _ => condition.OneOf is null && !(Convert.ToDouble(value) < condition.Minimum) && !(Convert.ToDouble(value) > condition.Maximum),
    };

    private bool MayRead(Submission s) => s.Organisation == _plan.Organisation
        ? s.AllowedUses.HasFlag(AllowedUses.OwnEvaluation)
        : s.AllowedUses.HasFlag(AllowedUses.ComparisonForOthers) && (_plan.Pool == ComparisonPool.Project || !s.Organisation.IsMunicipality);

    private static bool SaysOwn(Dictionary<string, object?> row) => Equals(row["municipality_code"], row["(from)"]);

    private static bool Owns(string organisation, string variable) =>
        MeasureCatalogue.Current.TryFind(variable, out var measure) && measure.OwningSource != OwningSource.Municipality
        && OrganisationRegister.Current.SourcesOf(new(organisation)).Contains(measure.OwningSource);
}
