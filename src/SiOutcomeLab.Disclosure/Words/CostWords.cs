using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Economics.Costs;

namespace SiOutcomeLab.Disclosure.Words;

/// <summary>Kronor that may not be told, in words.</summary>
internal static class CostWords
{
    public static BilingualText SavingWithheld { get; } = new(
        "Vad effekten är värd i kronor visas inte i sin helhet: en effekt bakom den visas inte, eller så vilar den på för få personer.",
        "What the effect is worth in kronor is not shown as a whole: an effect behind it is not shown, or it rests on too few persons.");

    public static BilingualText ShorterThanAYear { get; } = new(
        "Planens uppföljningstid är kortare än ett år. Kronor räknas på hela år, så här räknas inga.",
        "The plan's horizon is shorter than a year. Kronor are counted on whole years, so none are counted here.");

    public static BilingualText NotEstimable(NotEstimable why, EvaluationPlan plan)
    {
        var because = ReasonWords.Because(why.Reason, plan);
        return new(
            $"Ingen besparing räknas på dem som kronorna gäller: {because.Sv}.",
            $"No saving is counted on those whom the kronor are of: {because.En}.");
    }

    public static BilingualText Withheld(BaselineKind kind) => kind switch
    {
        BaselineKind.TargetGroup => new(
            "Vad en person i målgruppen kostar visas inte i sin helhet: "
                + "för få personer eller kommuner står bakom någon del, eller så väger någon för tungt.",
            "What a person of the target group costs is not shown as a whole: "
                + "too few persons or municipalities stand behind a part of it, or one weighs too much."),
        BaselineKind.Counterfactual => new(
            "Vad deltagarna hade kostat utan insatsen visas inte i sin helhet: "
                + "för få personer eller kommuner står bakom någon del, eller så väger någon för tungt.",
            "What participants would have cost without the intervention is not shown as a whole: "
                + "too few persons or municipalities stand behind a part of it, or one weighs too much."),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A baseline without words."),
    };
}
