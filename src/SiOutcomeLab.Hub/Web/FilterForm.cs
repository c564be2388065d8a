using SiOutcomeLab.Hub.Web.Markup;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web;

/// <summary>The form above a list. It asks by the address, so that a question can be kept and sent to somebody else.</summary>
internal static class FilterForm
{
    /// <param name="path">The list's address.</param>
    /// <param name="language">The page's language.</param>
    /// <param name="fields">What can be asked.</param>
    public static Element Form(string path, PageLanguage language, params IReadOnlyList<Node> fields) =>
        new Element(
            "form",
            [
                .. fields,
                language == PageLanguage.English ? Hidden(PageLanguage.Key, language.Code) : new Fragment(),
                new Element("button", language.Pick("Filtrera", "Filter")).With("type", "submit"),
            ])
            .With("method", "get").With("action", path).With("class", "filter")
            .With("aria-label", language.Pick("Filtrera listan", "Filter the list"));

    /// <summary>A choice of one, or of all.</summary>
    public static Element Choice(
        string name, string label, IEnumerable<(string Value, string Text)> choices, string? chosen, PageLanguage language)
    {
        // What was asked for stays in sight, also when nothing registered has it.
        var all = choices.ToList();
        if (chosen is not null && !all.Exists(c => c.Value == chosen)) all.Add((chosen, chosen));
        var options = all.Select(c => (Node)new Element("option", c.Text).With("value", c.Value).With("selected", If(c.Value == chosen,
            "selected")));
        var any = new Element("option", language.Pick("alla", "all")).With("value", string.Empty);
        return Labelled(name, label, new Element("select", [any, .. options]));
    }

    public static Element Text(string name, string label, string? value) =>
        Labelled(name, label, new Element("input").With("type", "text").With("maxlength", "40").With("value", value));

    public static Element Tick(string name, string label, bool isOn) => Div(
        new Element("input").With("type", "checkbox").With("id", "filter-" + name).With("name", name).With("value", "1")
            .With("checked", If(isOn, "checked")),
        new Element("label", label).With("for", "filter-" + name)).With("class", "tick");

    private static Element Labelled(string name, string label, Element field) => Div(
        new Element("label", label).With("for", "filter-" + name), field.With("id", "filter-" + name).With("name", name));

    private static string? If(bool isSo, string value) => isSo ? value : null;

    private static Element Hidden(string name, string value) =>
        new Element("input").With("type", "hidden").With("name", name).With("value", value);
}
