using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Pipelines.Cohorts;

namespace SiOutcomeLab.Pipelines.Changes;

/// <summary>Whose a row of a trial is.</summary>
internal enum RowPart
{
    /// <summary>A participant's.</summary>
    Participants = 1,

    /// <summary>A comparison person's, told of by the plan's own organisation.</summary>
    OwnComparison = 2,

    /// <summary>A comparison person's, told of by another.</summary>
    OthersComparison = 3,
}

/// <summary>The rows of a plan's trials, apart from the store they were read into: persons by pseudonym, categories by names in common.</summary>
internal sealed class RowTable
{
    /// <param name="rows">The rows.</param>
    /// <param name="levels">By covariate, the names that codes stand for, in common with the table it is held beside; names are added.</param>
    public RowTable(TrialRows rows, List<string>?[] levels)
    {
        (Plan, EligibleTreated) = (rows.Plan, rows.EligibleTreated);
        var store = rows.View.Store;
        Person = [.. rows.Person.Select(store.People.At)];
        Delivered = rows.Person;
        Period = [.. rows.Index.Select(t => rows.Trials[t].Ordinal)];
        Group = [.. rows.Person.Select((p, i) => rows.Treated[i] ? rows.Starts.OwnGroup(p) : -1)];
        Outcome = rows.Outcomes[0];
        Part = [.. rows.Person.Select((_, i) => PartOf(rows, i))];
        Terms = [.. rows.Terms.Select((values, j) => Recoded(values, rows, j, levels))];
    }

    public EvaluationPlan Plan { get; }

    public int EligibleTreated { get; }

    public int Count => Person.Length;

    public PersonId[] Person { get; }

    /// <summary>The person's place as delivered.</summary>
    public int[] Delivered { get; }

    /// <summary>The index period's ordinal.</summary>
    public int[] Period { get; }

    public RowPart[] Part { get; }

    public double[][] Terms { get; }

    /// <summary>The primary outcome; NaN when not observed.</summary>
    public double[] Outcome { get; }

    public int[] Group { get; }

    /// <summary>Room for the names of a plan's categories.</summary>
    public static List<string>?[] LevelsFor(TrialRows rows) =>
        [.. rows.Plan.Covariates.Select(c => rows.View.Store.Column(c.Variable).IsCategory ? new List<string>() : null)];

    /// <summary>How many persons' rows of a part are not the same in two tables.</summary>
    public static int PersonsDiffering(RowTable before, RowTable after, RowPart part)
    {
        var (first, second) = (before.Places(part), after.Places(part));
        var differing = new HashSet<PersonId>();
        foreach (var (key, row) in first)
        {
            if (!second.TryGetValue(key, out var other) || !IsSame(before, row, after, other)) differing.Add(key.Person);
        }

        foreach (var key in second.Keys.Where(key => !first.ContainsKey(key))) differing.Add(key.Person);
        return differing.Count;
    }

    private Dictionary<(PersonId Person, int Period), int> Places(RowPart part)
    {
        var places = new Dictionary<(PersonId Person, int Period), int>();
        for (var i = 0; i < Count; i++)
        {
            if (Part[i] == part) places.Add((Person[i], Period[i]), i);
        }

        return places;
    }

    // Not a number is the same as not a number: neither was observed.
    private static bool IsSame(RowTable a, int i, RowTable b, int j) =>
        a.Outcome[i].Equals(b.Outcome[j]) && Enumerable.Range(0, a.Terms.Length).All(t => a.Terms[t][i].Equals(b.Terms[t][j]));

    private static RowPart PartOf(TrialRows rows, int row)
    {
        if (rows.Treated[row]) return RowPart.Participants;
        var holder = rows.View.HolderOf(rows.Person[row], rows.View.Store.PeriodIndex(rows.Trials[rows.Index[row]].Plus(-1)));
        return holder >= 0 && rows.View.Store.Holders[holder].Organisation == rows.Plan.Organisation ? RowPart.OwnComparison : RowPart.OthersComparison;
    }

    private static double[] Recoded(double[] values, TrialRows rows, int term, List<string>?[] levels)
    {
        if (levels[term] is not { } names) return values;
        var codes = rows.View.Store.Column(rows.Plan.Covariates[term].Variable).Levels.Select(name =>
        {
            if (!names.Contains(name)) names.Add(name);
            return (double)names.IndexOf(name);
        }).ToArray();
        return Array.ConvertAll(values, v => codes[(int)v]);
    }
}
