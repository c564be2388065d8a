using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Statistics;

namespace SiOutcomeLab.Pipelines.Cohorts;

/// <summary>
/// Everything a plan's evaluation may ask of its persons: the risk sets of all trials, every person's covariates known, whether or not the
/// outcomes were observed; each outcome with its own losses. <see cref="For"/> gives the persons that one outcome is estimated on.
/// </summary>
internal sealed class TrialCohort : ITrials
{
    private readonly TrialRows _rows;
    private readonly int[] _numbers;
    private readonly Lazy<(DesignMatrix Model, DesignMatrix Judged)> _design;

    public TrialCohort(TrialRows rows)
    {
        _rows = rows;
        _numbers = rows.Plan.TieOrder == TieOrder.AsDelivered ? rows.Person : NumbersByPseudonym(rows);
        _design = new Lazy<(DesignMatrix Model, DesignMatrix Judged)>(() => DesignBuilder.Build(rows, [.. Enumerable.Range(0, rows.Count)]));
        Cluster = TrialClusters.Of(rows, _numbers);
        Outcomes = [.. rows.Options.Outcomes.Select((o, k) => new CohortOutcome(o, rows.Outcomes[k], rows.Losses[k]))];
        Received = ReceivedMethods.Of(rows);
    }

    public int Rows => _rows.Count;

    /// <summary>What it was made of.</summary>
    public TrialRows Source => _rows;

    /// <summary>The index periods, by the number in <see cref="Index"/>.</summary>
    public IReadOnlyList<Period> IndexPeriods => _rows.Trials;

    public bool[] Treated => _rows.Treated;

    /// <summary>The row's person: the same number is the same person.</summary>
    public int[] Person => _numbers;

    /// <summary>Who the row's person is, the same in every cohort of the project.</summary>
    public PersonId PersonIdOf(int row) => _rows.View.Store.People.At(_rows.Person[row]);

    public int[] Index => _rows.Index;

    /// <summary>The row's cluster, as <see cref="Cohort.Cluster"/>.</summary>
    public int[] Cluster { get; }

    /// <summary>The design of every row: what weights for those lost are made of.</summary>
    public DesignMatrix Covariates => _design.Value.Model;

    /// <summary>The outcomes, the primary first.</summary>
    public IReadOnlyList<CohortOutcome> Outcomes { get; }

    /// <summary>The methods that persons received in the follow-up of the primary outcome, in ordinal order; the plan's own start is none of
    /// them.</summary>
    public IReadOnlyList<ReceivedMethod> Received { get; }

    /// <summary>The terms that no model is given, by place in <see cref="TrialOptions.HeldOut"/>; NaN when not observed.</summary>
    public IReadOnlyList<CovariateTerm> HeldOutTerms => _rows.Options.HeldOut;

    /// <inheritdoc/>
    public IReadOnlyList<LossReason> Losses => Outcomes[0].Losses;

    /// <inheritdoc/>
    public int? FirstEventTime => -PlanReading.LagsOf(_rows.Plan, _rows.Options);

    /// <inheritdoc/>
    public double[] PrimaryAt(int time)
    {
        var (view, measure) = (_rows.View, _rows.View.Store.Column(_rows.Plan.Primary.Measure.Code));
        int[] at = [.. _rows.Trials.Select(p => view.Store.PeriodIndex(p) + time)];
        var values = new double[Rows];
        for (var row = 0; row < values.Length; row++)
        {
            var period = at[Index[row]];
            values[row] = period < view.Store.Periods ? view.Value(measure, _rows.Person[row], period) : double.NaN;
        }

        return values;
    }

    public ReadOnlySpan<double> HeldOut(int term) => _rows.HeldOut[term];

    public double[] HeldOutColumn(int term) => HeldOut(term).ToArray();

    public IReadOnlyList<CohortOutcomeDefinition> Definitions => _rows.Options.Outcomes;

    /// <summary>The names of a held-out category's codes; empty for a number.</summary>
    public IReadOnlyList<string> HeldOutLevels(int term) => _rows.View.Store.Column(HeldOutTerms[term].Variable).Levels;

    /// <summary>The row's pseudonym: the same in every plan of the project. Never released.</summary>
    public PersonId PersonOf(int row) => _rows.View.Store.People.At(_rows.Person[row]);

    /// <summary>Where the row's person was registered in the period before the trial: a municipality's code; null when the row says none.</summary>
    public string? MunicipalityOf(int row) =>
        _rows.Municipality[row] is >= 0 and var code ? _rows.View.Store.Column("municipality_code").Levels[code] : null;

    /// <summary>The municipality group of <see cref="MunicipalityOf"/>; null when it has none.</summary>
    public string? MunicipalityGroupOf(int row) =>
        MunicipalityOf(row) is { } code && MunicipalityGroups.Current.TryFind(code, out var group) ? group.Code : null;

    /// <summary>The persons that an outcome is estimated on: those for whom it was observed.</summary>
    /// <param name="outcome">The outcome's place.</param>
    public Cohort For(int outcome)
    {
        var observed = Outcomes[outcome].Observed;
        var chosen = new int[observed.AsSpan().Count(true)];
        for (int i = 0, at = 0; i < observed.Length; i++)
        {
            if (observed[i]) chosen[at++] = i;
        }

        var (model, judged) = chosen.Length == Rows ? _design.Value : DesignBuilder.Build(_rows, chosen);
        var (treated, person, index) = (DesignBuilder.Of(Treated, chosen), DesignBuilder.Of(Person, chosen), DesignBuilder.Of(Index, chosen));
        var comparison = new HashSet<int>();
        for (var i = 0; i < treated.Length; i++)
        {
            if (!treated[i]) comparison.Add(person[i]);
        }

        return new Cohort(
            model,
            judged,
            treated,
            person,
            index,
            OrderKeys(person, _rows.Plan.TieOrder),
            Outcomes[outcome].Sealed.Of(chosen),
            [.. _rows.Flow, new FlowStep(FlowStepKind.OutcomeObserved, treated.AsSpan().Count(true), comparison.Count)],
            _rows.EligibleTreated)
        {
            Cluster = ReferenceEquals(Cluster, Person) ? person : DesignBuilder.Of(Cluster, chosen),
            TrialRow = chosen,
            Before = outcome == 0 ? BeforeOf(chosen) : null,
        };
    }

    /// <inheritdoc/>
    public Cohort WithLost(int outcome)
    {
        var observed = For(outcome);
        if (observed.Rows == Rows) return observed;
        return new Cohort(
            _design.Value.Model,
            _design.Value.Judged,
            Treated,
            Person,
            Index,
            OrderKeys(Person, _rows.Plan.TieOrder),
            Outcomes[outcome].Sealed.LostAsZero(),
            observed.Flow,
            observed.EligibleTreated)
        {
            Cluster = Cluster,
            TrialRow = [.. Enumerable.Range(0, Rows)],
            Observed = Outcomes[outcome].Observed,
        };
    }

    // The primary measure before the start, summed as the outcome is: the last of the held-out terms.
    private double[]? BeforeOf(int[] chosen)
    {
        var lags = TrialOptions.BeforeLags(_rows.Plan).Count();
        if (lags == 0) return null;
        var sums = new double[chosen.Length];
        for (var term = HeldOutTerms.Count - lags; term < HeldOutTerms.Count; term++)
        {
            var values = HeldOut(term);
            for (var i = 0; i < sums.Length; i++) sums[i] += values[chosen[i]];
        }

        return sums;
    }

    // One distinct key per row: the row's place as delivered, or the pseudonym's rank and then the index period. A person's number is its
    // rank, and its rows come in the order of index periods.
    internal static long[] OrderKeys(int[] person, TieOrder order)
    {
        var keys = new long[person.Length];
        if (order == TieOrder.AsDelivered)
        {
            for (var i = 0; i < keys.Length; i++) keys[i] = i;
            return keys;
        }

        var next = new int[(person.Length == 0 ? 0 : person.Max()) + 2];
        foreach (var number in person) next[number + 1]++;
        for (var number = 1; number < next.Length; number++) next[number] += next[number - 1];
        for (var i = 0; i < keys.Length; i++) keys[i] = next[person[i]]++;
        return keys;
    }

    // Numbers that do not depend on what else the store holds.
    private static int[] NumbersByPseudonym(TrialRows rows)
    {
        var ranks = rows.View.Store.Ranks;
        var numberOf = new int[rows.View.Store.People.Count];
        var persons = new List<int>();
        foreach (var person in rows.Person)
        {
            if (numberOf[person] != 0) continue;
            numberOf[person] = 1;
            persons.Add(person);
        }

        persons.Sort((a, b) => ranks[a].CompareTo(ranks[b]));
        for (var number = 0; number < persons.Count; number++) numberOf[persons[number]] = number;
        var numbers = new int[rows.Count];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = numberOf[rows.Person[i]];
        return numbers;
    }
}

/// <summary>One outcome of a <see cref="TrialCohort"/>: its losses are known from the start, its values are sealed.</summary>
internal sealed class CohortOutcome
{
    public CohortOutcome(CohortOutcomeDefinition definition, double[] values, LossReason[] losses)
    {
        (Definition, Losses, Sealed) = (definition, losses, new SealedOutcome(values));
        Observed = new bool[values.Length];
        for (var i = 0; i < values.Length; i++) Observed[i] = !double.IsNaN(values[i]);
    }

    public CohortOutcomeDefinition Definition { get; }

    /// <summary>By row, whether it was observed.</summary>
    public bool[] Observed { get; }

    /// <summary>By row, why it was not; a later start that the plan censors is <see cref="LossReason.StartedLater"/>.</summary>
    public IReadOnlyList<LossReason> Losses { get; }

    /// <summary>By row, the values; NaN where it was not observed.</summary>
    public SealedOutcome Sealed { get; }
}
