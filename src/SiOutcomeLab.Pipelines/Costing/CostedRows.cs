using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Evaluation;

namespace SiOutcomeLab.Pipelines.Costing;

/// <summary>A measure in a year after the start.</summary>
internal sealed record MeasureYear(MeasureCode Measure, string Unit, int EventYear);

/// <summary>
/// The rows that a plan's kronor are counted on: those for whom every measure was observed over the whole horizon, so that all amounts are
/// of the same persons.
/// </summary>
/// <param name="Cohort">The rows.</param>
/// <param name="What">What was followed: by measure, then by year.</param>
/// <param name="Sums">For each of them, the sum from the start to the year's end; sealed.</param>
/// <param name="Person">By row, the person, the same in every plan of the project.</param>
/// <param name="Municipality">By row, where the person was registered before the trial; empty when nobody says.</param>
internal sealed record CostedRows(
    Cohort Cohort, IReadOnlyList<MeasureYear> What, IReadOnlyList<SealedOutcome> Sums, PersonId[] Person, string[] Municipality)
{
    /// <summary>Takes the rows from trials of a <see cref="CostingPlan"/>.</summary>
    public static CostedRows Of(TrialCohort trials)
    {
        var outcomes = trials.Outcomes;
        // A sum to a later year is observed only when those to the years before it are.
        var longest = Enumerable.Range(0, outcomes.Count)
            .GroupBy(k => outcomes[k].Definition.Outcome.Measure)
            .Select(g => g.MaxBy(k => outcomes[k].Definition.Outcome.HorizonPeriods)).ToArray();
        var first = trials.For(longest[0]);
        int[] chosen = [.. Enumerable.Range(0, first.Rows).Where(i => Array.TrueForAll(longest, k => outcomes[k].Observed[first.TrialRow[i]]))];
        var cohort = first.Only(chosen) with { EligibleTreated = first.EligibleTreated };
        var perYear = outcomes[0].Definition.Outcome.HorizonPeriods;
        return new CostedRows(
            cohort with { Flow = [.. first.Flow.SkipLast(1), new FlowStep(FlowStepKind.OutcomeObserved, cohort.TreatedCount, cohort.ComparisonCount)] },
            [.. outcomes.Select(o => YearOf(o.Definition.Outcome, perYear))],
            [.. outcomes.Select(o => o.Sealed.Of(cohort.TrialRow))],
            [.. cohort.TrialRow.Select(trials.PersonOf)],
            [.. cohort.TrialRow.Select(row => trials.MunicipalityOf(row) ?? string.Empty)]);
    }

    /// <summary>Some of the rows.</summary>
    public CostedRows Only(int[] rows) => new(
        Cohort.Only(rows), What, [.. Sums.Select(s => s.Of(rows))], DesignBuilder.Of(Person, rows), DesignBuilder.Of(Municipality, rows));

    /// <summary>What each row had in each of <see cref="What"/>; opens the seal.</summary>
    public double[][] PerYear(GateVerdict verdict)
    {
        var sums = Sums.Select(s => s.Unseal(verdict)).ToArray();
        return
        [
            .. sums.Select((sum, k) => What[k].EventYear == 1 ? sum : [.. sum.Zip(sums[k - 1], (to, before) => to - before)]),
        ];
    }

    private static MeasureYear YearOf(OutcomeDefinition outcome, int perYear) =>
        new(outcome.Measure, MeasureVocabulary.Of(outcome.Measure).Unit.En, outcome.HorizonPeriods / perYear);
}
