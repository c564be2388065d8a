namespace SiOutcomeLab.Statistics.Panel;

/// <summary>Which cohorts are compared with which, in which periods.</summary>
internal sealed class CohortPlan
{
    private readonly CallawaySantAnnaOptions _options;

    private CohortPlan(CallawaySantAnnaOptions options, int[] periods, int[] cohorts, int[] treated)
    {
        (_options, Periods, Cohorts, Treated) = (options, periods, cohorts, treated);
    }

    /// <summary>Periods in use, ascending.</summary>
    public int[] Periods { get; }

    /// <summary>First treated periods that occur among units in use, ascending; those that serve as never treated come last.</summary>
    public int[] Cohorts { get; }

    /// <summary>Numbers in <see cref="Cohorts"/> of those with effects to estimate.</summary>
    public int[] Treated { get; }

    /// <summary>Units treated from the first period on (less anticipation): nothing tells how they would have changed.</summary>
    public int AlwaysTreated { get; private init; }

    /// <summary>The last cohort, when it serves as never treated because nobody else does; null otherwise.</summary>
    public int? LastCohort { get; private init; }

    public static Estimable<CohortPlan> From(int[] periods, int[] firstTreated, CallawaySantAnnaOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.Anticipation, nameof(options));
        RowGuards.Level(options.Level);
        if (periods.Length < 2) return Refuse(NotEstimableReason.TooFewObservations, $"{periods.Length} periods show no change; two are needed.");

        var earliest = periods[0] + (long)options.Anticipation;
        var cohorts = firstTreated.Where(first => first > earliest).Distinct().Order().ToArray();
        var always = firstTreated.Count(first => first <= earliest);
        var latest = periods[^1] + (long)options.Anticipation;
        int? last = null;
        if (cohorts.Length > 0 && cohorts[^1] <= latest)
        {
            if (options.Controls == ControlGroup.NeverTreated) return Refuse(NotEstimableReason.NoComparison, "No unit is never treated.");
            last = cohorts[^1];
            periods = [.. periods.Where(period => period < last - options.Anticipation)];
            if (periods.Length < 2) return Refuse(NotEstimableReason.NoComparison, "All units are treated from the second period on.");
        }

        int[] treated = [.. Enumerable.Range(0, cohorts.Length).Where(c => cohorts[c] <= periods[^1] && cohorts[c] != last)];
        return treated.Length == 0
            ? Refuse(NotEstimableReason.NoTreated, $"No unit begins treatment within the {periods.Length} periods with comparisons.")
            : Estimable.Of(new CohortPlan(options, periods, cohorts, treated) { AlwaysTreated = always, LastCohort = last });

        static Estimable<CohortPlan> Refuse(NotEstimableReason reason, string detail) => Estimable.Not<CohortPlan>(reason, detail);
    }

    /// <summary>The cells of a cohort: numbers of period and base period, and of the cohort from which on others are comparisons.</summary>
    public IEnumerable<(int Period, int Base, int FirstControl)> Cells(int cohort)
    {
        var group = Cohorts[cohort];
        var before = Array.FindLastIndex(Periods, period => period + (long)_options.Anticipation < group);
        for (var t = _options.Base == BasePeriod.Varying ? 1 : 0; t < Periods.Length; t++)
        {
            var from = _options.Base == BasePeriod.Varying && Periods[t] < group ? t - 1 : before;
            yield return (t, from, FirstControl(cohort, Periods[Math.Max(t, from)]));
        }
    }

    public static bool IsControl(int cohort, int treated, int firstControl) => cohort >= firstControl && cohort != treated;

    private int FirstControl(int cohort, int until)
    {
        var bound = _options.Controls == ControlGroup.NeverTreated ? Periods[^1] : until;
        var first = Array.FindIndex(Cohorts, other => other > bound + (long)_options.Anticipation || other == LastCohort);
        if (_options.Controls == ControlGroup.NeverTreated) return first;
        // One number for one set: a threshold just before the cohort itself means the same as just after it.
        return first == cohort ? first + 1 : first;
    }
}
