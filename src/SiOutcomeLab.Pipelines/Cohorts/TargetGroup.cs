using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Pipelines.Cohorts.Reading;

namespace SiOutcomeLab.Pipelines.Cohorts;

/// <summary>A plan's target-group conditions, made ready for many persons at one index period.</summary>
internal sealed class TargetGroup(EvaluationPlan plan, PlanView view)
{
    private readonly Condition[] _conditions = [.. plan.TargetGroup.Select(c => new Condition(c, view))];

    /// <summary>Sets the index period that <see cref="Meets"/> asks about.</summary>
    public void At(Period indexPeriod)
    {
        foreach (var condition in _conditions) condition.At(indexPeriod);
    }

    public bool Meets(int person)
    {
        foreach (var condition in _conditions)
        {
            if (!condition.Holds(person)) return false;
        }

        return true;
    }

    private sealed class Condition
    {
        private readonly TargetCondition _condition;
        private readonly PlanView _view;
        private readonly VariableColumn _column;
        private readonly bool[]? _allowed;
        private int _period;

        public Condition(TargetCondition condition, PlanView view)
        {
            (_condition, _view, _column) = (condition, view, view.Store.Column(condition.Variable));
            if (condition.OneOf is { Count: > 0 } levels) _allowed = [.. _column.Levels.Select(level => levels.Contains(level))];
        }

        public void At(Period indexPeriod) => _period = _view.Store.PeriodIndex(indexPeriod.Plus(-_condition.Lag));

        public bool Holds(int person)
        {
            var value = _view.Value(_column, person, _period);
            if (double.IsNaN(value)) return false;
            if (_allowed is not null) return _column.IsCategory && _allowed[(int)value];
            return !_column.IsCategory && !(value < _condition.Minimum) && !(value > _condition.Maximum);
        }
    }
}
