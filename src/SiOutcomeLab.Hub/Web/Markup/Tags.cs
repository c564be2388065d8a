namespace SiOutcomeLab.Hub.Web.Markup;

/// <summary>The tags that pages are made of, by their names.</summary>
internal static class Tags
{
    public static Element H1(params IReadOnlyList<Node> content) => new("h1", content);

    public static Element H2(params IReadOnlyList<Node> content) => new("h2", content);

    public static Element H3(params IReadOnlyList<Node> content) => new("h3", content);

    public static Element P(params IReadOnlyList<Node> content) => new("p", content);

    public static Element Ul(params IReadOnlyList<Node> content) => new("ul", content);

    public static Element Li(params IReadOnlyList<Node> content) => new("li", content);

    public static Element Div(params IReadOnlyList<Node> content) => new("div", content);

    public static Element Span(params IReadOnlyList<Node> content) => new("span", content);

    public static Element Strong(params IReadOnlyList<Node> content) => new("strong", content);

    public static Element Code(string text) => new("code", text);

    /// <summary>A command to give, on a line of its own; where the line is too short it breaks between words.</summary>
    public static Element Command(params IReadOnlyList<string> words) => P(new Element(
        "code", [.. words.SelectMany(w => (Node[])[" ", Span(w)]).Skip(1)])).With("class", "command");

    /// <summary>A part of a page under a heading of its own, by which it can be found.</summary>
    public static Element Section(string id, string heading, params IReadOnlyList<Node> content) =>
        new Element("section", [H2(heading).With("id", id), .. content]).With("aria-labelledby", id);

    /// <summary>A link within the hub. Another host can never be meant.</summary>
    public static Element A(string href, params IReadOnlyList<Node> content) => IsWithin(href)
        ? new Element("a", content).With("href", href)
        : throw new ArgumentException("Pages link within the hub only.", nameof(href));

    /// <summary>Terms and what they are.</summary>
    public static Element Facts(params IReadOnlyList<(string Term, Node? Fact)> facts) => new(
        "dl", [.. facts.Where(f => f.Fact is not null).Select(f => (Node)Div(new Element("dt", f.Term), new Element("dd", f.Fact!)))]);

    /// <summary>Whether a reference stays here: two slashes, or a slash and a backslash, begin another host's name.</summary>
    public static bool IsWithin(string href) =>
        href.StartsWith('#') || (href.StartsWith('/') && !(href.Length > 1 && href[1] is '/' or '\\'));
}
