using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Statistics;

namespace SiOutcomeLab.Pipelines.Cohorts;

/// <summary>
/// The persons a plan compares on one outcome, one row per person and index period: a sequence of emulated trials. Rows stand index period
/// by index period, persons in the order that breaks the plan's ties.
/// </summary>
/// <param name="Covariates">The design, one column per number and per level of a category but the baseline.</param>
/// <param name="Judged">The design that balance is judged on: also the baselines of categories with more than two levels.</param>
/// <param name="Treated">Who starts in the row's index period.</param>
/// <param name="Person">The row's person, for clustering: the same number is the same person.</param>
/// <param name="Index">The row's index period, numbered from 0.</param>
/// <param name="OrderKey">Breaks ties in matching, as the plan says.</param>
/// <param name="Outcome">The outcome, sealed until the comparison has been judged.</param>
/// <param name="Flow">What happened to the numbers on the way here.</param>
/// <param name="EligibleTreated">Participants in the target group, before anything was missing.</param>
internal sealed record Cohort(
    DesignMatrix Covariates,
    DesignMatrix Judged,
    bool[] Treated,
    int[] Person,
    int[] Index,
    long[] OrderKey,
    SealedOutcome Outcome,
    IReadOnlyList<FlowStep> Flow,
    int EligibleTreated)
{
    public int Rows => Treated.Length;

    /// <summary>
    /// The row's cluster: the same number for rows that share a person or, among participants, the group it was delivered to, directly or
    /// through others. The person where nothing is delivered to groups.
    /// </summary>
    public int[] Cluster { get; init; } = Person;

    /// <summary>The row's place in the <see cref="TrialCohort"/> that it was taken from; empty when it was taken from none.</summary>
    public int[] TrialRow { get; init; } = [];

    public int TreatedCount => Treated.AsSpan().Count(true);

    /// <summary>Comparison persons; a person who stands in several rows counts once.</summary>
    public int ComparisonCount => ComparisonPersons(default);

    /// <summary>Comparison persons with weight, each counted once; without weights, all of them.</summary>
    public int ComparisonPersons(ReadOnlySpan<double> weights)
    {
        var persons = new HashSet<int>();
        for (var i = 0; i < Treated.Length; i++)
        {
            if (!Treated[i] && (weights.IsEmpty || weights[i] > 0)) persons.Add(Person[i]);
        }

        return persons.Count;
    }

    /// <summary>True when a person may stand in several rows.</summary>
    public bool HasSeveralIndexPeriods { get; } = Index.Length > 0 && Index.Max() > 0;

    /// <summary>Which rows belong together for the standard error; empty when each stands alone.</summary>
    public ReadOnlySpan<int> Clusters => HasSeveralIndexPeriods || !Cluster.AsSpan().SequenceEqual(Person) ? Cluster : default;

    /// <summary>Within which rows are matched, exactly.</summary>
    public ReadOnlySpan<int> Strata => Index;

    /// <summary>The outcome's counterpart before the start, per row, NaN where not observed; null when it is not asked for.</summary>
    public double[]? Before { get; init; }

    /// <summary>By row, whether the outcome was observed; null when it was for all. A lost row's outcome is never read.</summary>
    public bool[]? Observed { get; init; }

    /// <summary>The same cohort of some of its rows, ascending; its flow is the whole's.</summary>
    public Cohort Only(int[] rows) => this with
    {
        Covariates = Covariates.SelectRows(rows),
        Judged = Judged.SelectRows(rows),
        Treated = DesignBuilder.Of(Treated, rows),
        Person = DesignBuilder.Of(Person, rows),
        Index = DesignBuilder.Of(Index, rows),
        OrderKey = DesignBuilder.Of(OrderKey, rows),
        Outcome = Outcome.Of(rows),
        EligibleTreated = rows.Count(i => Treated[i]),
        Cluster = DesignBuilder.Of(Cluster, rows),
        TrialRow = TrialRow.Length == 0 ? [] : DesignBuilder.Of(TrialRow, rows),
        Before = Before is null ? null : DesignBuilder.Of(Before, rows),
        Observed = Observed is null ? null : DesignBuilder.Of(Observed, rows),
    };
}

/// <summary>The outcome of a cohort. That it is observed is known from the start; its values only after the gate has let them be read.</summary>
internal sealed class SealedOutcome(double[] values)
{
    /// <summary>Opens the seal.</summary>
    /// <param name="verdict">The balance gate's verdict on the comparison that will be made.</param>
    /// <exception cref="InvalidOperationException">The gate failed: an outcome is never read for a comparison that is unfit.</exception>
    public double[] Unseal(GateVerdict verdict) => verdict is GateVerdict.Pass or GateVerdict.Amber
        ? values
        : throw new InvalidOperationException("The outcome stays sealed when the balance gate has failed.");

    /// <summary>The same outcome with a number where none was observed, sealed too: rows without weight must still be numbers.</summary>
    public SealedOutcome LostAsZero() => new(Array.ConvertAll(values, v => double.IsNaN(v) ? 0 : v));

    /// <summary>The same outcome of some of the rows, sealed too.</summary>
    public SealedOutcome Of(int[] rows) => new(DesignBuilder.Of(values, rows));
}
