using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Hub.Web.Markup;
using SiOutcomeLab.Hub.Web.Words;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web.Effects;

/// <summary>The form above the list. It offers what interventions have been registered with, which is known to everybody.</summary>
internal static class EffectFilterForm
{
    public static Node Of(EffectQuestion question, IReadOnlyList<Intervention> interventions, PageLanguage language)
    {
        var filter = question.Filter;
        var organisations = interventions.Select(i => i.Organisation.Code).Distinct()
            .Select(c => (Code: c, Name: language.Pick(Names.Organisation(c)))).OrderBy(o => o.Name, StringComparer.Ordinal).ThenBy(o =>
                o.Code, StringComparer.Ordinal);
        var methods = interventions.Select(i => i.Method).Distinct().Order(StringComparer.Ordinal).Select(m => (m, m));
        var measures = MeasureCatalogue.Current.All.Select(m => (m.Code.Code, language.Pick(m.Words.Name)));
        var statuses = EffectQuestion.Statuses.Select(s => (s.Word, language.Pick(EffectWords.Of(s.Status))));
        var status = EffectQuestion.Statuses.FirstOrDefault(s => s.Status == filter.Status).Word;
        return new Element(
            "form",
            Choice(EffectQuestion.Organisation, language.Pick("Organisation", "Organisation"), organisations, filter.Organisation,
                language),
            Choice(EffectQuestion.Method, language.Pick("Metod", "Method"), methods, filter.Method, language),
            Choice(EffectQuestion.Measure, language.Pick("Mått", "Measure"), measures, filter.Measure, language),
            Choice(EffectQuestion.Status, language.Pick("Utfall av skattningen", "What came of it"), statuses, status, language),
            Text(EffectQuestion.Plan, language.Pick("Planens kod", "The plan's code"), filter.Plan),
            Tick(
                EffectQuestion.All,
                language.Pick("Visa även skattningar bredvid huvudresultatet", "Show estimates beside the headline too"),
                !filter.HeadlineOnly),
            language == PageLanguage.English ? Hidden(PageLanguage.Key, language.Code) : new Fragment(),
            new Element("button", language.Pick("Filtrera", "Filter")).With("type", "submit"))
            .With("method", "get").With("action", EffectListPage.Path).With("class", "filter");
    }

    private static Element Choice(
        string name, string label, IEnumerable<(string Value, string Text)> choices, string? chosen, PageLanguage language)
    {
        // What was asked for stays in sight, also when nothing registered has it.
        var all = choices.ToList();
        if (chosen is not null && !all.Exists(c => c.Value == chosen)) all.Add((chosen, chosen));
        var options = all.Select(c => (Node)new Element("option", c.Text).With("value", c.Value).With("selected", If(c.Value == chosen, "selected")));
        var any = new Element("option", language.Pick("alla", "all")).With("value", string.Empty);
        return Labelled(name, label, new Element("select", [any, .. options]));
    }

    private static Element Text(string name, string label, string? value) =>
        Labelled(name, label, new Element("input").With("type", "text").With("maxlength", "40").With("value", value));

    private static Element Labelled(string name, string label, Element field) => Div(
        new Element("label", label).With("for", "filter-" + name), field.With("id", "filter-" + name).With("name", name));

    private static Element Tick(string name, string label, bool isOn) => Div(
        new Element("input").With("type", "checkbox").With("id", "filter-" + name).With("name", name).With("value", "1")
            .With("checked", If(isOn, "checked")),
        new Element("label", label).With("for", "filter-" + name)).With("class", "tick");

    private static string? If(bool isSo, string value) => isSo ? value : null;

    private static Element Hidden(string name, string value) =>
        new Element("input").With("type", "hidden").With("name", name).With("value", value);
}
