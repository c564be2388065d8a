using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Pipelines.Cohorts.Reading;

namespace SiOutcomeLab.Pipelines.Cohorts.Pools;

/// <summary>
/// The municipalities most like a plan's own, before anybody starts. Each municipality is described by what the project's rows say just
/// before the plan's first index period: the share of its persons who are in the target group, and among those the mean of each of the
/// plan's covariates, a category by the share of each level. Distance is Euclidean over the figures divided by their standard deviations
/// between municipalities.
/// </summary>
/// <remarks>
/// A municipality with fewer than ten persons in the target group is not described and so not chosen. Ties by distance go by code. No
/// outcome and no later period is looked at.
/// </remarks>
internal static class SimilarMunicipalities
{
    /// <summary>How many are chosen beside the plan's own.</summary>
    public const int Count = 10;

    private const int FewestPersons = 10;

    /// <summary>The plan's own municipality and the most similar others.</summary>
    public static IReadOnlySet<OrganisationId> Of(EvaluationPlan plan, PlanView view)
    {
        var figures = new MunicipalityFigures(plan, view).Read();
        var chosen = new HashSet<OrganisationId> { plan.Organisation };
        if (!figures.TryGetValue(plan.Organisation.Code, out var own)) return chosen;
        var spread = Spread([.. figures.Values]);
        foreach (var code in figures.Keys.Where(c => c != plan.Organisation.Code)
            .OrderBy(c => Distance(own, figures[c], spread)).ThenBy(c => c, StringComparer.Ordinal).Take(Count))
        {
            chosen.Add(new OrganisationId(code));
        }

        return chosen;
    }

    private static double Distance(double[] a, double[] b, double[] spread)
    {
        var sum = 0.0;
        for (var j = 0; j < a.Length; j++)
        {
            // A figure that is the same everywhere tells nobody apart.
            if (spread[j] > 0) sum += (a[j] - b[j]) / spread[j] * ((a[j] - b[j]) / spread[j]);
        }

        return Math.Sqrt(sum);
    }

    private static double[] Spread(double[][] figures)
    {
        var spread = new double[figures[0].Length];
        for (var j = 0; j < spread.Length; j++)
        {
            var mean = figures.Average(f => f[j]);
            spread[j] = figures.Length < 2 ? 0 : Math.Sqrt(figures.Sum(f => (f[j] - mean) * (f[j] - mean)) / (figures.Length - 1));
        }

        return spread;
    }

    /// <summary>Reads the figures of every municipality, by its code.</summary>
    private sealed class MunicipalityFigures(EvaluationPlan plan, PlanView view)
    {
        private readonly SortedDictionary<string, Tally> _tallies = new(StringComparer.Ordinal);

        public SortedDictionary<string, double[]> Read()
        {
            var store = view.Store;
            var before = store.PeriodIndex(plan.FirstIndex.Plus(-1));
            int[] periods = [.. plan.Covariates.Select(c => store.PeriodIndex(plan.FirstIndex.Plus(-c.Lag)))];
            VariableColumn[] columns = [.. plan.Covariates.Select(c => store.Column(c.Variable))];
            var target = new TargetGroup(plan, view);
            target.At(plan.FirstIndex);
            Tally[] byHolder = [.. store.Holders.Select(h => TallyOf(h.Organisation.Code, columns))];
            for (var person = 0; person < store.Persons; person++)
            {
                var holder = view.HolderOf(person, before);
                if (holder < 0) continue;
                byHolder[holder].Persons++;
                if (target.Meets(person)) byHolder[holder].Add(view, columns, person, periods);
            }

            var figures = new SortedDictionary<string, double[]>(StringComparer.Ordinal);
            foreach (var (code, tally) in _tallies)
            {
                if (tally.Figures() is { } told) figures.Add(code, told);
            }

            return figures;
        }

        private Tally TallyOf(string code, VariableColumn[] columns)
        {
            if (!_tallies.TryGetValue(code, out var tally)) _tallies.Add(code, tally = new Tally(columns));
            return tally;
        }
    }

    private sealed class Tally(VariableColumn[] columns)
    {
        private readonly double[][] _sums = [.. columns.Select(c => new double[c.IsCategory ? c.Levels.Count : 1])];
        private readonly int[] _known = new int[columns.Length];
        private int _inTarget;

        public int Persons { get; set; }

        public void Add(PlanView view, VariableColumn[] of, int person, int[] periods)
        {
            _inTarget++;
            for (var j = 0; j < of.Length; j++)
            {
                var value = view.Value(of[j], person, periods[j]);
                if (double.IsNaN(value)) continue;
                _known[j]++;
                if (of[j].IsCategory) _sums[j][(int)value]++;
                else _sums[j][0] += value;
            }
        }

        /// <summary>Null when there are too few to describe, or a covariate is known of nobody.</summary>
        public double[]? Figures() => _inTarget < FewestPersons || _known.Contains(0)
            ? null
            : [_inTarget / (double)Persons, .. _sums.SelectMany((sums, j) => sums.Select(sum => sum / _known[j]))];
    }
}
