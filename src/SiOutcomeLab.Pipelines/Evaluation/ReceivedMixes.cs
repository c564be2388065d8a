using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Pipelines.Cohorts;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>What the groups that an estimate compares received, weighted as it weighs them.</summary>
internal static class ReceivedMixes
{
    /// <summary>The mix.</summary>
    /// <param name="received">What persons received, by trial row.</param>
    /// <param name="cohort">The rows that are compared.</param>
    /// <param name="weights">Their weights; rows without weight take no part.</param>
    public static ReceivedMix Of(IReadOnlyList<ReceivedMethod> received, Cohort cohort, ReadOnlySpan<double> weights)
    {
        var rowOf = new Dictionary<int, int>(cohort.Rows);
        for (var i = 0; i < cohort.Rows; i++)
        {
            if (weights[i] > 0) rowOf.Add(cohort.TrialRow[i], i);
        }

        var (treated, comparison) = (new Group(), new Group());
        foreach (var row in rowOf.Values) Of(row).All(cohort.Person[row], weights[row]);
        var methods = new List<MethodReceived>();
        foreach (var method in received)
        {
            var (treatedOf, comparisonOf) = (new Group(), new Group());
            foreach (var trialRow in method.Rows)
            {
                if (!rowOf.TryGetValue(trialRow, out var row)) continue;
                (cohort.Treated[row] ? treatedOf : comparisonOf).All(cohort.Person[row], weights[row]);
                Of(row).Any(row, cohort.Person[row], weights[row]);
            }

            if (treatedOf.Count + comparisonOf.Count == 0) continue;
            methods.Add(new MethodReceived(method.Method, treatedOf.Within(treated), comparisonOf.Within(comparison)));
        }

        return new ReceivedMix(treated.Count, comparison.Count, new MethodReceived(null, treated.Nothing, comparison.Nothing), methods);

        Group Of(int row) => cohort.Treated[row] ? treated : comparison;
    }

    /// <summary>Persons and their weight, of whom some received anything at all.</summary>
    private sealed class Group
    {
        private readonly HashSet<int> _persons = [];
        private readonly HashSet<int> _anyPersons = [];
        private readonly HashSet<int> _anyRows = [];
        private double _weight;
        private double _anyWeight;

        public int Count => _persons.Count;

        public ReceivedBy Nothing => new(Count - _anyPersons.Count, _weight > 0 ? Math.Max(0, 1 - (_anyWeight / _weight)) : 0);

        public ReceivedBy Within(Group all) => new(Count, all._weight > 0 ? Math.Min(1, _weight / all._weight) : 0);

        public void All(int person, double weight)
        {
            _persons.Add(person);
            _weight += weight;
        }

        public void Any(int row, int person, double weight)
        {
            _anyPersons.Add(person);
            if (_anyRows.Add(row)) _anyWeight += weight;
        }
    }
}
