using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Effects;

namespace SiOutcomeLab.Hub.Web.Words;

/// <summary>Who was lost and what it means, in sentences.</summary>
internal static class AttritionWords
{
    public static BilingualText Of(OutcomeLoss? reason) => reason switch
    {
        OutcomeLoss.Moved => new("flyttat", "moved"),
        OutcomeLoss.Died => new("avlidit", "died"),
        OutcomeLoss.AgedOut => new("vuxit ur den grupp som följs", "grown out of the group that is followed"),
        OutcomeLoss.NotReported => new("inte rapporterats", "not been reported"),
        OutcomeLoss.StartedLater => new("själva börjat senare", "started later themselves"),
        null => new("flera skäl, vart och ett för ovanligt för att visas", "several reasons, each too rare to be shown"),
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "A value without words; add it here."),
    };

    /// <summary>Said of what may not be shown.</summary>
    public static BilingualText Untold { get; } = new(
        "Bortfallet visas inte där så få saknar utfall att antalet, ensamt eller bredvid andra tal, skulle tala om dem.",
        "Attrition is withheld where so few have no outcome that their number, alone or beside others, would tell of them.");

    /// <summary>Whether anything is told of either group.</summary>
    public static bool IsTold(ReleasedAttrition attrition) => attrition.Treated.Share.IsShown || attrition.Comparison.Share.IsShown;

    /// <summary>The shares lost of both groups.</summary>
    public static BilingualText Lost(ReleasedAttrition attrition, PageLanguage language)
    {
        if (!IsTold(attrition)) return Untold;
        var (ours, theirs) = (Share(attrition.Treated, language), Share(attrition.Comparison, language));
        return new($"Bortfall: {ours} av deltagarna och {theirs} av jämförelsepersonerna saknar utfall.",
            $"Attrition: {ours} of the participants and {theirs} of the comparison persons have no outcome.");
    }

    /// <summary>Why persons of a group were lost; null when it is not told.</summary>
    public static string? Reasons(ReleasedArmAttrition arm, PageLanguage language)
    {
        if (arm.Losses.Count == 0) return null;
        var numbers = new ReleasedNumbers(language);
        return string.Join(", ", arm.Losses.Select(l => $"{language.Pick(Of(l.Reason))} {numbers.Persons(l.Persons)}")) + ".";
    }

    /// <summary>How far the losses can have moved the effect.</summary>
    public static BilingualText Bounds(ReleasedEffect e, ReleasedBounds bounds, PageLanguage language)
    {
        if (!bounds.Low.TryGet(out _) || !bounds.IntervalLow.TryGet(out var from) || !bounds.IntervalHigh.TryGet(out var to))
        {
            var why = EffectWords.Of(bounds.Low.Suppression ?? SuppressionReason.Secondary);
            return new($"Gränser för vad bortfallet kan ha gjort (Lee) visas inte: {why.Sv}.", $"Bounds on what the losses may have done (Lee) are withheld: {why.En}.");
        }

        var (numbers, words) = (new ReleasedNumbers(language), ReleasedNumbers.WordsOf(e.Outcome.Measure));
        var (between, interval) = (numbers.Interval(bounds.Low, bounds.Low, bounds.High, words), numbers.Interval(bounds.Low, bounds.IntervalLow, bounds.IntervalHigh, words));
        var level = language.Charts.Numbers.Percent(bounds.Level, 0);
        var holds = from > 0 || to < 0
            ? new BilingualText("Effektens riktning står sig även i det sämsta fallet.", "The direction of the effect stands even in the worst case.")
            : new("I det sämsta fallet går det inte att säga åt vilket håll insatsen verkar.", "In the worst case it cannot be told which way the intervention works.");
        return new(
            $"Vad bortfallet som mest kan ha gjort (Lees gränser): effekten ligger mellan {between} {numbers.Unit(words)}, intervall {level}: {interval}. {holds.Sv}",
            $"The most that the losses may have done (Lee's bounds): the effect lies between {between} {numbers.Unit(words)}, {level} interval: {interval}. {holds.En}");
    }

    private static string Share(ReleasedArmAttrition arm, PageLanguage language) =>
        arm.Share.IsShown ? new ReleasedNumbers(language).Share(arm.Share) : language.Pick("en andel som inte visas", "a share that is withheld");
}
