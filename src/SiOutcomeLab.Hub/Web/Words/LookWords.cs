using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Effects;

namespace SiOutcomeLab.Hub.Web.Words;

/// <summary>Which look a result is of, and what kind of interval that makes it.</summary>
internal static class LookWords
{
    /// <summary>True for the headline of a plan that looks more than once: its interval holds over all looks.</summary>
    public static bool HasRepeatedInterval(ReleasedEffect e) => LooksAgain(e) && e.Role == EstimateRole.Headline;

    /// <summary>"preliminary, look 1 of 2"; null when the plan looks once.</summary>
    public static BilingualText? Short(ReleasedEffect e)
    {
        if (e.Look is not { } look || !LooksAgain(e)) return null;
        var of = e.Plan.Looks.Count;
        return look.IsFinal
            ? new($"slutlig, titt {look.Number} av {of}", $"final, look {look.Number} of {of}")
            : new($"preliminär, titt {look.Number} av {of}", $"preliminary, look {look.Number} of {of}");
    }

    /// <summary>What the label of an interval has to say beside its level.</summary>
    public static BilingualText Interval(ReleasedEffect e, PageLanguage language)
    {
        var level = language.Charts.Numbers.Percent(e.Plan.ConfidenceLevel, 0);
        if (e.Role != EstimateRole.Headline || e.Look is not { } look || look.NominalLevel == e.Plan.ConfidenceLevel)
        {
            return new($"Intervall, {level}", $"Interval, {level}");
        }

        var drawn = Level(look, language);
        return HasRepeatedInterval(e)
            ? new($"Upprepat intervall, {level} över alla titter (ritat på nivån {drawn})", $"Repeated interval, {level} over all looks (drawn at the {drawn} level)")
            : new($"Intervall, ritat på nivån {drawn}: en del av felrisken är redan förbrukad", $"Interval, drawn at the {drawn} level: some of the error is already spent");
    }

    /// <summary>The look in whole sentences; null when there were none yet.</summary>
    public static BilingualText? Sentence(ReleasedEffect e, PageLanguage language)
    {
        if (e.Look is not { } look) return null;
        if (!LooksAgain(e)) return new("Planens enda titt på utfallet.", "The plan's only look at the outcome.");
        var (of, share) = (e.Plan.Looks.Count, language.Charts.Numbers.Percent(look.InformationFraction, 0));
        var told = look.IsFinal
            ? new BilingualText($"Slutligt: titt {look.Number} av {of}, den sista.", $"Final: look {look.Number} of {of}, the last.")
            : new(
                $"Preliminärt: titt {look.Number} av {of}, med {share} av den planerade informationen. Resultatet kan ändras vid nästa titt.",
                $"Preliminary: look {look.Number} of {of}, with {share} of the planned information. The result may change at the next look.");
        var drawn = Level(look, language);
        return e.Role != EstimateRole.Headline ? told : new(
            $"{told.Sv} Intervallet är upprepat: felrisken delas mellan titterna, och det är ritat på nivån {drawn} så att det håller över alla.",
            $"{told.En} The interval is a repeated one: the error is shared between the looks, and it is drawn at the {drawn} level so that it holds over all of them.");
    }

    private static bool LooksAgain(ReleasedEffect e) => e.Look is not null && e.Plan.Looks.Count > 1;

    private static string Level(LookBudget look, PageLanguage language) =>
        language.Charts.Numbers.Percent(look.NominalLevel, look.NominalLevel > 0.9949 ? 2 : 1);
}
