using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Hub.Web.Markup;
using SiOutcomeLab.Hub.Web.Words;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web.Effects;

/// <summary>Who was lost between the start and the outcome, group by group, and why.</summary>
internal static class AttritionSection
{
    public static Node Of(ReleasedEffect e, PageLanguage language)
    {
        if (e.Attrition is not { } attrition) return new Fragment();
        var numbers = new ReleasedNumbers(language);
        var (ours, theirs) = (language.Pick("Deltagare", "Participants"), language.Pick("Jämförelsepersoner", "Comparison persons"));
        var table = new DataTable(language.Pick("Personer utan utfall", "Persons without an outcome"), language.Pick("Antal", "Number"), ours, theirs);
        table.Add(
            language.Pick("Följs från starten", "Followed from the start"),
            numbers.Persons(attrition.Treated.Persons),
            numbers.Persons(attrition.Comparison.Persons));
        table.Add(language.Pick("Saknar utfall", "Have no outcome"), numbers.Persons(attrition.Treated.Lost), numbers.Persons(attrition.Comparison.Lost));
        table.Add(language.Pick("Andel", "Share"), numbers.Share(attrition.Treated.Share), numbers.Share(attrition.Comparison.Share));
        return Section(
            "attrition", language.Pick("Bortfall", "Attrition"),
            table.ToNode(),
            Why(ours, attrition.Treated, language),
            Why(theirs, attrition.Comparison, language));
    }

    private static Node Why(string group, ReleasedArmAttrition arm, PageLanguage language) =>
        AttritionWords.Reasons(arm, language) is { } reasons ? P($"{group}: {reasons}") : new Fragment();
}
