using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Hub.Web.Markup;
using SiOutcomeLab.Hub.Web.Words;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web.Effects;

/// <summary>What the two groups received beside what the plan evaluates: what the effect is against.</summary>
internal static class ReceivedSection
{
    public static Node Of(ReleasedEffect e, PageLanguage language)
    {
        if (e.Received is not { } mix) return new Fragment();
        var table = new DataTable(
            language.Pick("Personer som fick något mer, eller inget", "Persons who received something more, or nothing"),
            language.Pick("Insats", "Intervention"),
            language.Pick("Deltagare", "Participants"),
            language.Pick("Jämförelsepersoner", "Comparison persons"));
        table.Add(
            language.Pick(ReceivedWords.Name(e, mix.Nothing)),
            ReceivedWords.Nothing(mix, r => r.Treated, language),
            ReceivedWords.Nothing(mix, r => r.Comparison, language));
        foreach (var received in mix.Methods)
        {
            table.Add(
                language.Pick(ReceivedWords.Name(e, received)),
                ReceivedWords.Part(received.Treated, language),
                ReceivedWords.Part(received.Comparison, language));
        }

        return Section(
            "received", language.Pick("Vad grupperna fick", "What the groups received"),
            P(language.Pick(ReceivedWords.Against)),
            table.ToNode(),
            P(language.Pick(ReceivedWords.Counted(e))).With("class", "told"));
    }
}
