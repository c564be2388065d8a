using System.Globalization;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Pipelines.Evaluation;

namespace SiOutcomeLab.Hub.Web.Words;

/// <summary>What is said of a plan, in words; one entry per value.</summary>
internal static class PlanWords
{
    public static BilingualText Of(PlanTiming timing) => timing switch
    {
        PlanTiming.Prospective => new("prospektiv", "prospective"),
        PlanTiming.Retrospective => new("retrospektiv", "retrospective"),
        _ => throw Unknown(nameof(timing), timing),
    };

    /// <summary>What the timing means for whoever reads a result.</summary>
    public static BilingualText Meaning(PlanTiming timing) => timing switch
    {
        PlanTiming.Prospective => new(
            "Prospektiv: planen låstes innan hubben hade något av de utfall den frågar efter.",
            "Prospective: the plan was locked before the hub held any of the outcomes it asks for."),
        PlanTiming.Retrospective => new(
            "Retrospektiv: hubben hade redan utfall när planen låstes, så planen kan ha gjorts med svaret i sikte.",
            "Retrospective: the hub already held outcomes when the plan was locked, so it may have been made with the answer in view."),
        _ => throw Unknown(nameof(timing), timing),
    };

    /// <summary>Where a plan stands, in a word: the meaning up to its colon, small.</summary>
    public static BilingualText Of(PlanState state)
    {
        var meaning = Meaning(state);
        return new(Word(meaning.Sv), Word(meaning.En));

        static string Word(string text) => text[..text.IndexOf(':', StringComparison.Ordinal)].ToLowerInvariant();
    }

    /// <summary>Where a plan stands, and what that means.</summary>
    public static BilingualText Meaning(PlanState state) => state switch
    {
        PlanState.Registered => new("Registrerad: inget har körts än.", "Registered: nothing has been run yet."),
        PlanState.Running => new("Pågår: en körning är köad eller i gång, ingen titt har ett resultat.", "Running: a run is queued or under way, no look has a result."),
        PlanState.Interim => new("Delresultat: en titt före den sista har ett resultat.", "Interim: a look before the last one has a result."),
        PlanState.Final => new("Slutresultat: den sista titten har ett resultat.", "Final: the last look has a result."),
        PlanState.Closed => new("Stängd: planen körs inte mer, det publicerade står kvar.", "Closed: the plan runs no more, what was published stays."),
        PlanState.Replaced => new("Ersatt: en senare version gäller.", "Replaced: a later version stands."),
        _ => throw Unknown(nameof(state), state),
    };

    /// <summary>A measure at its horizon: "Månader i arbete, 2 år efter starten".</summary>
    public static BilingualText Of(OutcomeDefinition outcome, PeriodLength length)
    {
        var name = MeasureVocabulary.Of(outcome.Measure).Name;
        var periods = Periods(outcome.HorizonPeriods, length);
        return outcome.Summary == OutcomeSummary.SumToHorizon
            ? new($"{name.Sv}, sammanlagt över {periods.Sv} efter starten", $"{name.En}, in total over {periods.En} after the start")
            : new($"{name.Sv}, {periods.Sv} efter starten", $"{name.En}, {periods.En} after the start");
    }

    public static BilingualText Periods(int count, PeriodLength length)
    {
        var (svOne, svMany, enOne, enMany) = length switch
        {
            PeriodLength.Year => ("år", "år", "year", "years"),
            PeriodLength.Quarter => ("kvartal", "kvartal", "quarter", "quarters"),
            PeriodLength.Month => ("månad", "månader", "month", "months"),
            _ => throw Unknown(nameof(length), length),
        };
        return new($"{count} {(count == 1 ? svOne : svMany)}", $"{count} {(count == 1 ? enOne : enMany)}");
    }

    /// <summary>How groups are made alike, with the plan's settings.</summary>
    public static string Of(BalancingMethod balancing, PageLanguage language) => balancing switch
    {
        BalancingMethod.EntropyBalancing => language.Pick("entropibalansering", "entropy balancing"),
        BalancingMethod.InversePropensityWeighting => language.Pick("invers sannolikhetsvägning", "inverse-propensity weighting"),
        BalancingMethod.OverlapWeighting => language.Pick("överlappsvikter", "overlap weights"),
        BalancingMethod.Subclassification s =>
            language.Pick($"{s.Classes} klasser av sannolikheten att delta", $"{s.Classes} classes of the probability of taking part"),
        BalancingMethod.FullMatching f => language.Pick("full matchning", "full matching") + Caliper(f.Caliper, language),
        BalancingMethod.NearestNeighbourMatching n =>
            language.Pick($"närmaste granne, {n.Ratio} per deltagare", $"nearest neighbour, {n.Ratio} per participant")
            + Caliper(n.Caliper, language)
            + (n.Replacement ? language.Pick(", med återläggning", ", with replacement") : string.Empty),
        _ => throw Unknown(nameof(balancing), balancing.GetType().Name),
    };

    /// <summary>A condition on who is in the target group.</summary>
    public static string Condition(TargetCondition condition, PeriodLength length, PageLanguage language)
    {
        var name = language.Pick(Names.Column($"{condition.Variable}@{condition.Lag}", length));
        var allowed = (condition.OneOf, condition.Minimum, condition.Maximum) switch
        {
            ({ } values, _, _) => string.Join(
                language.Pick(" eller ", " or "), values.Select(v => language.Pick(Names.Level(condition.Variable, v)))),
            (_, { } low, { } high) => language.Pick(
                $"{Bound(low)} till {Bound(high)}", $"{Bound(low)} to {Bound(high)}"),
            (_, { } low, _) => language.Pick($"minst {Bound(low)}", $"at least {Bound(low)}"),
            (_, _, { } high) => language.Pick($"högst {Bound(high)}", $"at most {Bound(high)}"),
            _ => language.Pick("känd", "known"),
        };
        return $"{name}: {allowed}";

        string Bound(double value) => Value(condition.Variable, value, language);
    }

    /// <summary>A value of a covariate or measure. A calendar year is written without a mark between its thousands.</summary>
    public static string Value(string variable, double value, PageLanguage language) =>
        CovariateCatalogue.Current.TryFind(variable, out var covariate) && covariate is { Kind: ValueKind.Whole, Minimum: >= 1000 }
            ? value.ToString("0", CultureInfo.InvariantCulture)
            : language.Plain(value);

    private static string Caliper(double? caliper, PageLanguage language) => caliper is { } width
        ? language.Pick($", högst {language.Plain(width)} standardavvikelser ifrån",
            $", at most {language.Plain(width)} standard deviations away")
        : string.Empty;

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static ArgumentOutOfRangeException Unknown(string name, object value) =>
        new(name, value, "A value without words; add it here.");
}
