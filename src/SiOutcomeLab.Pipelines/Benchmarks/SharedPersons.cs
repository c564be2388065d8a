using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Statistics.Pooling;

namespace SiOutcomeLab.Pipelines.Benchmarks;

/// <summary>
/// What several municipalities' estimates have in common through persons: whoever counts in two of them, on either side, moves both. Keeps
/// one summed influence value per person and estimate while the benchmark is made, and nothing afterwards.
/// </summary>
internal sealed class SharedPersons
{
    private readonly Dictionary<PersonId, int> _numbers = [];
    private readonly List<int> _parent = [];
    private readonly List<(int[] Persons, double[] Values, double StandardError)> _estimates = [];

    public int Count => _estimates.Count;

    /// <summary>Adds an estimate.</summary>
    /// <param name="trials">The trials that its cohort was taken from.</param>
    /// <param name="cohort">Its cohort.</param>
    /// <param name="influence">One value per row of the cohort.</param>
    /// <param name="standardError">The estimate's own standard error.</param>
    public void Add(TrialCohort trials, Cohort cohort, ReadOnlySpan<double> influence, double standardError)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(influence.Length, cohort.Rows);
        var sums = new double[cohort.Rows == 0 ? 0 : cohort.Person.Max() + 1];
        var numbers = new int[sums.Length];
        Array.Fill(numbers, -1);
        var met = new List<int>();
        var firstOfCluster = new Dictionary<int, int>();
        for (var i = 0; i < cohort.Rows; i++)
        {
            if (influence[i] == 0) continue;
            var person = cohort.Person[i];
            if (numbers[person] < 0)
            {
                numbers[person] = NumberOf(trials.PersonIdOf(cohort.TrialRow[i]));
                met.Add(person);
            }

            sums[person] += influence[i];
            if (!firstOfCluster.TryAdd(cohort.Cluster[i], numbers[person])) Join(firstOfCluster[cohort.Cluster[i]], numbers[person]);
        }

        _estimates.Add(([.. met.Select(p => numbers[p])], [.. met.Select(p => sums[p])], standardError));
    }

    /// <summary>
    /// The covariance of the estimates' sampling errors, row-major: on the diagonal the squares of their own standard errors, beside it the
    /// correlation of their summed influence values times both. A correlation matrix of sums is positive semidefinite, and stays so scaled,
    /// also where an error is corrected for small samples or clustered more finely.
    /// </summary>
    public double[] Covariance()
    {
        var k = Count;
        var products = SharedCovariance.FromInfluence(
            [.. _estimates.Select(e => ((ReadOnlyMemory<long>)e.Persons.Select(p => (long)Root(p)).ToArray(), (ReadOnlyMemory<double>)e.Values))]);
        var covariance = new double[k * k];
        for (var a = 0; a < k; a++)
        {
            covariance[(a * k) + a] = _estimates[a].StandardError * _estimates[a].StandardError;
            for (var b = 0; b < a; b++)
            {
                var scale = Math.Sqrt(products[(a * k) + a] * products[(b * k) + b]);
                var correlation = scale > 0 ? products[(a * k) + b] / scale : 0;
                covariance[(a * k) + b] = covariance[(b * k) + a] = correlation * _estimates[a].StandardError * _estimates[b].StandardError;
            }
        }

        return covariance;
    }

    private int NumberOf(PersonId person)
    {
        if (_numbers.TryGetValue(person, out var number)) return number;
        _numbers.Add(person, _parent.Count);
        _parent.Add(_parent.Count);
        return _parent.Count - 1;
    }

    private void Join(int a, int b)
    {
        (a, b) = (Root(a), Root(b));
        _parent[Math.Max(a, b)] = Math.Min(a, b);
    }

    private int Root(int person)
    {
        while (_parent[person] != person)
        {
            _parent[person] = _parent[_parent[person]];
            person = _parent[person];
        }

        return person;
    }
}
