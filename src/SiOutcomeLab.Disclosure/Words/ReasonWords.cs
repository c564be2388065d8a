using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Measures;
using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Disclosure.Words;

/// <summary>Why there is no number, and what would help: one entry per reason.</summary>
internal static class ReasonWords
{
    public static (BilingualText Sentence, BilingualText Remedy) Say(NotEstimable why, EvaluationPlan plan, MeasureWords words)
    {
        var because = Because(why.Reason, plan);
        var on = In(why);
        return (
            new($"Går inte att skatta. {words.Name.Sv}: {because.Sv}{on.Sv}.", $"Not estimable. {words.Name.En}: {because.En}{on.En}."),
            Remedy(why.Reason));
    }

    // A sentence is for everybody: in how many columns, not their codes, which the detail has for whoever wants them.
    private static BilingualText In(NotEstimable why)
    {
        if (why.Detail.Length == 0) return new(string.Empty, string.Empty);
        var columns = why.Detail.Split(", ").Length;
        return columns == 1 ? new(" (i en egenskap)", " (in one covariate)") : new($" (i {columns} egenskaper)", $" (in {columns} covariates)");
    }

    public static (BilingualText Sentence, BilingualText Remedy) Withheld(SuppressionReason? reason, MeasureWords words) =>
        reason == SuppressionReason.Secondary
            ? (
                new($"Visas inte. {words.Name.Sv}: bredvid huvudresultatet skulle skattningen röja enstaka personer.",
                    $"Withheld. {words.Name.En}: beside the headline the estimate would give single persons away."),
                new("Läs huvudresultatet; det vilar på nästan samma personer.", "Read the headline; it rests on nearly the same persons."))
            : (
                new($"Visas inte. {words.Name.Sv}: skattningen vilar på för få personer för att kunna visas.",
                    $"Withheld. {words.Name.En}: the estimate rests on too few persons to be shown."),
                new("Fler deltagare, längre tid eller ett sammanvägt resultat för metoden i flera kommuner.",
                    "More participants, a longer time, or a pooled result for the method over several municipalities."));

    public static BilingualText Because(NotEstimableReason reason, EvaluationPlan plan) => reason switch
    {
        NotEstimableReason.TooFewParticipants => new(
            $"färre deltagare än planens minsta antal {plan.MinimumTreated}", $"fewer participants than the plan's minimum of {plan.MinimumTreated}"),
        NotEstimableReason.TooFewComparisonPersons => new(
            $"färre jämförelsepersoner än planens minsta antal {plan.MinimumComparison}",
            $"fewer comparison persons than the plan's minimum of {plan.MinimumComparison}"),
        NotEstimableReason.OutcomeNotObserved => new(
            "utfallet vid planens uppföljningstid har inte skickats in för tillräckligt många", "the outcome at the plan's horizon has not been sent for enough persons"),
        NotEstimableReason.BalanceGateFailed => new(
            "grupperna skiljer sig fortfarande för mycket före starten", "the groups still differ too much before the start"),
        NotEstimableReason.Separation => new(
            "en egenskap skiljer deltagarna helt från de andra", "a covariate tells participants from the others without error"),
        NotEstimableReason.NoOverlap => new(
            "det finns inga jämförelsepersoner som liknar deltagarna", "there are no comparison persons like the participants"),
        NotEstimableReason.TooFewMatches => new(
            "för få deltagare fick en tillräckligt lik jämförelseperson", "too few participants found a comparison person close enough"),
        NotEstimableReason.NoVariation => new("utfallet eller en egenskap varierar inte", "the outcome or a covariate does not vary"),
        NotEstimableReason.DidNotConverge => new("beräkningen hittade ingen lösning", "the computation did not converge"),
        NotEstimableReason.PlaceboFailed => new(
            "grupperna skilde sig redan före starten i det som planen höll utanför modellen",
            "the groups already differed before the start in what the plan held out of the model"),
        NotEstimableReason.ErrorSpent => new(
            "felrisken för den här frågan är redan förbrukad av tidigare titter",
            "earlier looks have already spent the error of this question"),
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "A reason without words; add it to the bank."),
    };

    private static BilingualText Remedy(NotEstimableReason reason) => reason switch
    {
        NotEstimableReason.TooFewParticipants => new(
            "Vänta in fler deltagare, utvärdera tillsammans med kommuner som har samma metod, eller läs metodens sammanvägda resultat.",
            "Wait for more participants, evaluate together with municipalities that use the same method, or read the method's pooled result."),
        NotEstimableReason.TooFewComparisonPersons => new(
            "Låt planen hämta jämförelsepersoner från hela projektet, eller vidga målgruppen.",
            "Let the plan draw comparison persons from the whole project, or widen the target group."),
        NotEstimableReason.OutcomeNotObserved => new(
            "Skicka uppföljningsdata för perioderna fram till uppföljningstiden.", "Send follow-up data for the periods up to the horizon."),
        NotEstimableReason.BalanceGateFailed => new(
            "Välj entropibalansering eller en caliper i en ny planversion, eller vidga gruppen som jämförelsepersoner hämtas från.",
            "Choose entropy balancing or a caliper in a new plan version, or widen the pool of comparison persons."),
        NotEstimableReason.Separation => new(
            "Ta bort egenskapen ur planens kovariater om den är ett krav för att delta, och lägg den i målgruppen i stället.",
            "If the covariate is a condition for taking part, move it from the plan's covariates to its target group."),
        NotEstimableReason.NoOverlap => new(
            "Snäva in målgruppen till dem som har jämförbara personer, eller vidga gruppen som jämförelsepersoner hämtas från.",
            "Narrow the target group to those who have comparable persons, or widen the pool of comparison persons."),
        NotEstimableReason.TooFewMatches => new(
            "Välj en vidare caliper eller entropibalansering i en ny planversion.", "Choose a wider caliper or entropy balancing in a new plan version."),
        NotEstimableReason.NoVariation => new(
            "Kontrollera att utfallet och egenskaperna är rätt inskickade.", "Check that the outcome and covariates were sent correctly."),
        NotEstimableReason.PlaceboFailed => new(
            "Lägg det mått som skilde sig bland kovariaterna i en ny planversion, eller välj en annan grupp att jämföra med.",
            "Put the measure that differed among the covariates in a new plan version, or choose another pool to compare with."),
        NotEstimableReason.ErrorSpent => new(
            "Läs de tidigare titternas resultat, eller ställ en ny fråga om nya deltagare i en egen insats.",
            "Read the earlier looks' results, or ask a new question about new participants in an intervention of its own."),
        NotEstimableReason.DidNotConverge => new(
            "Ta bort egenskaper som nästan upprepar varandra ur planens kovariater.", "Remove covariates that nearly repeat each other from the plan."),
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "A reason without a remedy; add it to the bank."),
    };
}
