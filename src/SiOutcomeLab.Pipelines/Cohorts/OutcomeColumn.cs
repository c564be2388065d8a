using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Pipelines.Cohorts.Reading;

namespace SiOutcomeLab.Pipelines.Cohorts;

/// <summary>Why an outcome was not observed.</summary>
internal enum LossReason : byte
{
    /// <summary>It was observed.</summary>
    None = 0,

    /// <summary>The person moved away, and nobody the plan may read tells of them since.</summary>
    Moved = 1,

    /// <summary>The person died.</summary>
    Died = 2,

    /// <summary>The person grew out of the population that is followed.</summary>
    AgedOut = 3,

    /// <summary>No row, or a row without the value.</summary>
    NotReported = 4,

    /// <summary>The person started the method, and the plan counts nothing of those who do.</summary>
    StartedLater = 5,
}

/// <summary>One outcome of a plan, person by person.</summary>
internal sealed class OutcomeColumn(OutcomeDefinition definition, LaterStartRule laterStart, PlanView view, PlanStarts starts)
{
    public const string ExitReason = "exit_reason";

    private readonly VariableColumn _measure = view.Store.Column(definition.Measure.Code);
    private readonly VariableColumn _exit = view.Store.Column(ExitReason);

    /// <summary>The outcome; NaN and the reason when it was not observed.</summary>
    public double Of(int person, Period indexPeriod, bool isTreated, out LossReason why)
    {
        why = LossReason.None;
        // Whoever is followed as untreated is so no longer in the period of a start.
        var last = laterStart == LaterStartRule.Censored && !isTreated ? starts.SameMethod(person) - 1L - indexPeriod.Ordinal : long.MaxValue;
        var first = definition.Summary == OutcomeSummary.AtHorizon ? definition.HorizonPeriods : 1;
        var sum = 0.0;
        var at = view.Store.PeriodIndex(indexPeriod);
        for (var t = first; t <= definition.HorizonPeriods; t++)
        {
            if (t > last)
            {
                why = LossReason.StartedLater;
                return double.NaN;
            }

            var value = at + t < view.Store.Periods ? view.Value(_measure, person, at + t) : double.NaN;
            if (double.IsNaN(value))
            {
                why = WhyLost(person, indexPeriod, t);
                return double.NaN;
            }

            sum = t == first && definition.Summary == OutcomeSummary.AtHorizon ? value : sum + value;
        }

        return sum;
    }

    // The latest exit told of from the index period to the first period that is missing.
    private LossReason WhyLost(int person, Period indexPeriod, int missing)
    {
        for (var t = missing; t >= 0; t--)
        {
            var code = view.Value(_exit, person, indexPeriod.Plus(t));
            if (double.IsNaN(code)) continue;
            return _exit.Levels[(int)code] switch
            {
                "moved" => LossReason.Moved,
                "died" => LossReason.Died,
                "aged_out" => LossReason.AgedOut,
                _ => LossReason.NotReported,
            };
        }

        return LossReason.NotReported;
    }
}
