using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Hub.Web.Words;

/// <summary>What the groups received, in words.</summary>
internal static class ReceivedWords
{
    public static BilingualText Against { get; } = new(
        "Effekten är mot vad jämförelsepersonerna faktiskt fick, inte mot ingenting alls.",
        "The effect is against what the comparison persons actually received, not against nothing at all.");

    /// <summary>A method, or none at all.</summary>
    public static BilingualText Name(ReleasedEffect e, ReleasedReceived received) => received.Method is not { } method
        ? new("Ingen annan insats", "No other intervention")
        : method == e.Method ? new($"{method}, senare eller någon annanstans", $"{method}, later or elsewhere") : new(method, method);

    /// <summary>Who received nothing else of a group; where that is withheld and nothing else is shown, that few received anything.</summary>
    /// <param name="mix">The mix.</param>
    /// <param name="of">Of which group.</param>
    /// <param name="language">The language.</param>
    public static string Nothing(ReleasedMix mix, Func<ReleasedReceived, ReleasedPart> of, PageLanguage language) =>
        of(mix.Nothing).Persons.Suppression == Disclosure.SuppressionReason.Secondary && mix.Methods.All(m => !of(m).Persons.IsShown)
            ? language.Pick($"alla utom färre än {StandardPolicy.MinimumPersons}", $"all but fewer than {StandardPolicy.MinimumPersons}")
            : Part(of(mix.Nothing), language);

    public static string Part(ReleasedPart part, PageLanguage language)
    {
        var numbers = new ReleasedNumbers(language);
        if (!part.Persons.IsShown) return numbers.Withheld(part.Persons);
        return part.Share.IsShown ? $"{numbers.Persons(part.Persons)} ({numbers.Share(part.Share)})" : numbers.Persons(part.Persons);
    }

    /// <summary>What the numbers count.</summary>
    public static BilingualText Counted(ReleasedEffect e)
    {
        var (sv, en) = e.Policy == DataPolicy.OpenData ? (string.Empty, string.Empty) : (
            $" En insats som färre än {StandardPolicy.MinimumPersons} fick i båda grupperna nämns inte.",
            $" An intervention that fewer than {StandardPolicy.MinimumPersons} of both groups received is not named.");
        return new(
            $"Från starten till uppföljningen; andelar så som grupperna vägs mot varandra. Den som fick flera räknas under var och en.{sv}",
            $"From the start to the horizon; shares as the groups are weighted against each other. Whoever received several counts under each.{en}");
    }
}
