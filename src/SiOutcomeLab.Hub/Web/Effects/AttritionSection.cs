using SiOutcomeLab.Disclosure;
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
        var heading = language.Pick("Bortfall", "Attrition");
        if (!AttritionWords.IsTold(attrition)) return Section("attrition", heading, P(language.Pick(AttritionWords.Untold)));
        var (ours, theirs) = (language.Pick("Deltagare", "Participants"), language.Pick("Jämförelsepersoner", "Comparison persons"));
        var table = new DataTable(language.Pick("Personer utan utfall", "Persons without an outcome"), language.Pick("Antal", "Number"), ours, theirs);
        Add(language.Pick("Följs från starten", "Followed from the start"), a => a.Persons, (n, c) => n.Persons(c));
        Add(language.Pick("Saknar utfall", "Have no outcome"), a => a.Lost, (n, c) => n.Persons(c));
        Add(language.Pick("Andel", "Share"), a => a.Share, (n, c) => n.Share(c));
        return Section(
            "attrition",
            heading,
            table.ToNode(),
            attrition.Treated.Share.IsShown && attrition.Comparison.Share.IsShown ? new Fragment() : P(language.Pick(AttritionWords.Untold)),
            Why(ours, attrition.Treated, language),
            Why(theirs, attrition.Comparison, language),
            attrition.Bounds is { Low.IsShown: false } bounds ? P(language.Pick(AttritionWords.Bounds(e, bounds, language))) : new Fragment());

        void Add(string name, Func<ReleasedArmAttrition, Cell> of, Func<ReleasedNumbers, Cell, string> say) =>
            table.Add(name, Say(of(attrition.Treated), say), Say(of(attrition.Comparison), say));

        // Why, once and not in every cell.
        string Say(Cell cell, Func<ReleasedNumbers, Cell, string> say) =>
            cell.IsShown ? say(new ReleasedNumbers(language), cell) : language.Pick("visas inte", "withheld");
    }

    private static Node Why(string group, ReleasedArmAttrition arm, PageLanguage language) =>
        AttritionWords.Reasons(arm, language) is { } reasons ? P($"{group}: {reasons}") : new Fragment();
}
