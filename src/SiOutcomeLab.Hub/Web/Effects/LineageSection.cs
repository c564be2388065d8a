using System.Globalization;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Hub.Web.Markup;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web.Effects;

/// <summary>What an effect rests on: enough to make it again.</summary>
internal static class LineageSection
{
    /// <param name="released">The effect.</param>
    /// <param name="hasExplanation">Whether the reader may have it explained.</param>
    /// <param name="language">The page's language.</param>
    public static Node Of(Released<ReleasedEffect> released, bool hasExplanation, PageLanguage language)
    {
        var e = released.Value;
        var lineage = e.Lineage;
        var version = e.Plan.Version.ToString(CultureInfo.InvariantCulture);
        return Section(
            "lineage", language.Pick("Vad det vilar på", "What it rests on"),
            Facts(
                ("Plan", A(language.Href($"/plans/{e.Plan.Id}", [("version", version)]), $"{e.Plan.Id}, version {version}")),
                (language.Pick("Planens hash", "The plan’s hash"), Code(e.PlanHash)),
                (language.Pick("Underlagets hash", "The snapshot’s hash"), Code(lineage.SnapshotHash)),
                (language.Pick("Körning, titt", "Run, look"), $"{e.RunId}, {lineage.Look}"),
                (language.Pick("Kod, frö", "Code, seed"), $"{lineage.CodeVersion}, {lineage.Seed}"),
                (language.Pick("Räknad", "Computed"), language.Pick(SwedishDay.Told(lineage.ComputedAt))),
                (language.Pick("Röjanderegler", "Disclosure rules"), released.RuleVersion),
                (language.Pick("Namn", "Name"), Code(e.Name)),
                (language.Pick("Led för led", "Link by link"), hasExplanation
                    ? A(language.Href("/" + e.Name + ExplanationPage.Path), ExplanationPage.NameIn(language)) : null)));
    }
}
