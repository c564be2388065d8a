using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Pipelines.Cohorts;

/// <summary>
/// The rows of a plan's trials whose covariates are known, column by column: trial by trial, and within a trial persons in the plan's order.
/// </summary>
internal sealed class TrialRows
{
    private readonly List<int> _person = [];
    private readonly List<int> _index = [];
    private readonly List<bool> _treated = [];
    private readonly List<int> _municipality = [];
    private readonly List<double>[] _terms;
    private readonly List<double>[] _heldOut;
    private readonly List<double>[] _outcomes;
    private readonly List<LossReason>[] _losses;
    private readonly List<Period> _trials = [];

    public TrialRows(EvaluationPlan plan, TrialOptions options, PlanView view, PlanStarts starts)
    {
        (Plan, Options, View, Starts) = (plan, options, view, starts);
        _terms = Lists<double>(plan.Covariates.Count);
        _heldOut = Lists<double>(options.HeldOut.Count);
        _outcomes = Lists<double>(options.Outcomes.Count);
        _losses = Lists<LossReason>(options.Outcomes.Count);
    }

    public EvaluationPlan Plan { get; }

    public TrialOptions Options { get; }

    public PlanView View { get; }

    public PlanStarts Starts { get; }

    public int Count => _person.Count;

    /// <summary>The index periods, by the number in <see cref="Index"/>.</summary>
    public IReadOnlyList<Period> Trials => _trials;

    /// <summary>The row's person, by the number in the store.</summary>
    public int[] Person { get; private set; } = [];

    /// <summary>The row's trial.</summary>
    public int[] Index { get; private set; } = [];

    public bool[] Treated { get; private set; } = [];

    /// <summary>The level of <c>municipality_code</c> in the period before the trial; −1 when the row says none.</summary>
    public int[] Municipality { get; private set; } = [];

    /// <summary>By covariate of the plan, its values or codes.</summary>
    public double[][] Terms { get; private set; } = [];

    /// <summary>By held-out term, its values or codes; NaN when not observed.</summary>
    public double[][] HeldOut { get; private set; } = [];

    /// <summary>By outcome, its values; NaN when not observed.</summary>
    public double[][] Outcomes { get; private set; } = [];

    /// <summary>By outcome, why it was not observed.</summary>
    public LossReason[][] Losses { get; private set; } = [];

    /// <summary>The steps of the flow up to the covariates.</summary>
    public IReadOnlyList<FlowStep> Flow { get; private set; } = [];

    /// <summary>Participants in the target group, before anything was missing.</summary>
    public int EligibleTreated { get; private set; }

    public void BeginTrial(Period indexPeriod) => _trials.Add(indexPeriod);

    public void Add(int person, int trial, bool isTreated, ReadOnlySpan<double> terms, double municipality)
    {
        _person.Add(person);
        _index.Add(trial);
        _treated.Add(isTreated);
        _municipality.Add(double.IsNaN(municipality) ? -1 : (int)municipality);
        for (var j = 0; j < terms.Length; j++) _terms[j].Add(terms[j]);
    }

    public void AddHeldOut(int term, double value) => _heldOut[term].Add(value);

    public void AddOutcome(int outcome, double value, LossReason loss)
    {
        _outcomes[outcome].Add(value);
        _losses[outcome].Add(loss);
    }

    /// <summary>Ends the adding.</summary>
    public void Close(IReadOnlyList<FlowStep> flow, int eligibleTreated)
    {
        (Person, Index, Treated, Municipality) = ([.. _person], [.. _index], [.. _treated], [.. _municipality]);
        (Terms, HeldOut, Outcomes) = (Arrays(_terms), Arrays(_heldOut), Arrays(_outcomes));
        Losses = Arrays(_losses);
        (Flow, EligibleTreated) = (flow, eligibleTreated);
    }

    private static List<T>[] Lists<T>(int count) => [.. Enumerable.Range(0, count).Select(_ => new List<T>())];

    private static T[][] Arrays<T>(List<T>[] lists) => [.. lists.Select(l => l.ToArray())];
}
