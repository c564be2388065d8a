using System.Text;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Hub.Web.Markup;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web;

/// <summary>What every page has around its content: skip link, navigation, the other language, whose eyes it is for.</summary>
internal static class PageFrame
{
    private const string Name = "SiOutcomeLab";

    /// <summary>The whole document: HTML that is also well-formed XML.</summary>
    /// <param name="page">The content.</param>
    /// <param name="language">Its language.</param>
    /// <param name="audience">Whose eyes it is for; null when nobody has been let in.</param>
    /// <param name="elsewhere">This page's address in the other language.</param>
    public static string Render(Page page, PageLanguage language, Audience? audience, string elsewhere)
    {
        var output = new StringBuilder("<!DOCTYPE html>\n", 32 * 1024);
        new Element("html", Head(page), Body(page, language, audience, elsewhere)).With("lang", language.Code).Write(output);
        return output.Append('\n').ToString();
    }

    private static Element Head(Page page) => new(
        "head",
        new Element("meta").With("charset", "utf-8"),
        new Element("title", $"{page.Title} – {Name}"),
        new Element("meta").With("name", "viewport").With("content", "width=device-width, initial-scale=1"),
        new Element("link").With("rel", "stylesheet").With("href", StyleSheet.Path),
        new Element("link").With("rel", "icon").With("href", "data:,"));

    private static Element Body(Page page, PageLanguage language, Audience? audience, string elsewhere)
    {
        var other = language.Other;
        return new Element(
            "body",
            A("#main", language.Pick("Till innehållet", "Skip to content")).With("class", "skip"),
            new Element(
                "header",
                P(A(language.Href("/"), Name)).With("class", "name"),
                new Element("nav", Ul(
                    Li(A(language.Href("/effects"), language.Pick("Effekter", "Effects"))),
                    Li(A(language.Href("/benchmarks"), language.Pick("Metoder", "Methods"))),
                    Li(A(language.Href("/costs"), language.Pick("Kronor", "Kronor"))),
                    Li(A(language.Href("/plans"), language.Pick("Planer", "Plans"))),
                    Li(A(elsewhere, other.OwnName).With("lang", other.Code).With("hreflang", other.Code))))
                    .With("aria-label", language.Pick("Sidor", "Pages"))),
            new Element("main", [H1(page.Title), .. page.Main]).With("id", "main").With("tabindex", "-1"),
            new Element("footer", P(Eyes(language, audience))));
    }

    private static string Eyes(PageLanguage language, Audience? audience) => audience switch
    {
        Audience.Analyst => language.Pick(
            "Du ser det som är släppt till analytiker. Alla tal har passerat röjandekontrollen.",
            "You see what is released to analysts. Every number has passed disclosure control."),
        _ => language.Pick(
            "Du ser det som är släppt till alla. Alla tal har passerat röjandekontrollen.",
            "You see what is released to everybody. Every number has passed disclosure control."),
    };
}
