using SiOutcomeLab.Country.Making;
using SiOutcomeLab.Country.Programme;
using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Country.Trials;

/// <summary>
/// The emulated trials of an intervention as arrays, one row per person and index quarter: at each index quarter everybody registered in
/// the pool one quarter before, in the target group then, and without an earlier start of the method; who starts in it is treated.
/// Rows stand quarter by quarter. Everything that decides who starts is among the covariates.
/// </summary>
public sealed class TrialTable
{
    private readonly List<(string Name, List<double> Values)> _columns = [];

    private TrialTable()
    {
    }

    /// <summary>Covariates by their names, one number a row.</summary>
    public IReadOnlyList<(string Name, double[] Values)> Columns => [.. _columns.Select(c => (c.Name, c.Values.ToArray()))];

    /// <summary>Who starts in the row's quarter.</summary>
    public bool[] Treated { get; private init; } = [];

    /// <summary>The outcome; NaN when nobody follows the person so far.</summary>
    public double[] Outcome { get; private init; } = [];

    /// <summary>The row's person: the same number is the same person, for clustering.</summary>
    public int[] Person { get; private init; } = [];

    /// <summary>The row's index quarter, from 0 for the country's first quarter.</summary>
    public int[] Quarter { get; private init; } = [];

    /// <summary>The delivery group of a treated row, the row's own number otherwise: for clustering on groups.</summary>
    public int[] Group { get; private init; } = [];

    /// <summary>A treated row's true effect against not starting then; NaN for comparison rows.</summary>
    public double[] TrueEffect { get; private init; } = [];

    /// <summary>Builds the rows.</summary>
    /// <param name="own">The municipality that is evaluated.</param>
    /// <param name="pool">Where comparison persons come from; <paramref name="own"/> among them or not, its own are taken in when it is.</param>
    /// <param name="method">The method's code.</param>
    /// <param name="outcome">The outcome.</param>
    /// <exception cref="ArgumentException">The municipality does not run the method, or the outcome's measure is not followed.</exception>
    public static TrialTable Of(MadeMunicipality own, IReadOnlyList<MadeMunicipality> pool, string method, OutcomeDefinition outcome)
    {
        var design = own.Design.Interventions.FirstOrDefault(i => i.Method.Code == method)
            ?? throw new ArgumentException($"{own.Place.Name} does not run {method}.", nameof(method));
        var population = Populations.Of(method);
        var measure = population.IndexOf(outcome.Measure.Code);
        if (measure < 0) throw new ArgumentException($"{population.Code} are not followed by {outcome.Measure}.", nameof(outcome));
        var rows = new RowCollector(population, design, outcome, measure);
        var participants = own.Participants(method).ToDictionary(p => p.Person);
        for (var quarter = design.FirstQuarter; quarter <= design.LastQuarter; quarter++)
        {
            for (var m = 0; m < pool.Count; m++)
            {
                rows.Add(pool[m], pool[m].Place == own.Place ? participants : null, quarter);
            }

            if (!pool.Any(m => m.Place == own.Place)) rows.Add(own, participants, quarter, onlyTreated: true);
        }

        var table = new TrialTable
        {
            Treated = [.. rows.Treated],
            Outcome = [.. rows.Outcome],
            Person = [.. rows.Person],
            Quarter = [.. rows.Quarter],
            Group = [.. rows.Group],
            TrueEffect = [.. rows.Effect],
        };
        table._columns.AddRange(rows.Columns());
        return table;
    }

    /// <summary>The same without rows whose outcome nobody observes.</summary>
    public TrialTable Followed()
    {
        var kept = Enumerable.Range(0, Outcome.Length).Where(i => !double.IsNaN(Outcome[i])).ToArray();
        var table = new TrialTable
        {
            Treated = [.. kept.Select(i => Treated[i])],
            Outcome = [.. kept.Select(i => Outcome[i])],
            Person = [.. kept.Select(i => Person[i])],
            Quarter = [.. kept.Select(i => Quarter[i])],
            Group = [.. kept.Select(i => Group[i])],
            TrueEffect = [.. kept.Select(i => TrueEffect[i])],
        };
        table._columns.AddRange(_columns.Select(c => (c.Name, kept.Select(i => c.Values[i]).ToList())));
        return table;
    }

    /// <summary>The mean true effect of the treated rows: the estimand's own persons.</summary>
    public double TrueMean => TrueEffect.Where(e => !double.IsNaN(e)).DefaultIfEmpty(double.NaN).Average();
}
