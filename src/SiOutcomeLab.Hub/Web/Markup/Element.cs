using System.Text;

namespace SiOutcomeLab.Hub.Web.Markup;

/// <summary>A tag with what is in it. It closes itself, so a page is well-formed however it was put together.</summary>
/// <param name="name">The tag.</param>
/// <param name="children">What is in it.</param>
internal sealed class Element(string name, params IReadOnlyList<Node> children) : Node
{
    // A browser takes a closed tag of any other kind for an open one.
    private static readonly HashSet<string> Void = ["meta", "link", "input", "br", "hr"];

    private readonly List<(string Name, string Value)> _attributes = [];

    /// <summary>Sets an attribute; null leaves it out.</summary>
    public Element With(string attribute, string? value)
    {
        if (value is not null) _attributes.Add((attribute, value));
        return this;
    }

    public override void Write(StringBuilder output)
    {
        output.Append('<').Append(name);
        foreach (var (attribute, value) in _attributes)
        {
            output.Append(' ').Append(attribute).Append("=\"");
            Encoded.Append(output, value);
            output.Append('"');
        }

        if (Void.Contains(name))
        {
            output.Append("/>");
            return;
        }

        output.Append('>');
        foreach (var child in children) child.Write(output);
        output.Append("</").Append(name).Append('>');
        if (IsBlock(name)) output.Append('\n');
    }

    private static bool IsBlock(string tag) =>
        tag is "p" or "li" or "tr" or "h1" or "h2" or "h3" or "section" or "dt" or "dd" or "option" or "title";
}
