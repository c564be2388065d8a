using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web.Markup;

/// <summary>A table with a caption, headers with their scope, and a frame that scrolls by itself on a narrow screen.</summary>
/// <param name="caption">What the table shows.</param>
/// <param name="columns">Heads of the columns; the first column names its row.</param>
internal sealed class DataTable(string caption, params IReadOnlyList<string> columns)
{
    private const int MostOnATelephone = 3;

    private readonly List<Node> _rows = [];

    /// <summary>Adds a row: what names it, then a cell for each other column.</summary>
    public void Add(Node head, params IReadOnlyList<Node> cells)
    {
        if (cells.Count != columns.Count - 1) throw new ArgumentException("A row has a cell for each column.", nameof(cells));
        _rows.Add(new Element("tr", [new Element("th", head).With("scope", "row"), .. cells.Select(c => (Node)new Element("td", c))]));
    }

    public Node ToNode()
    {
        var heads = columns.Select(c => (Node)new Element("th", c).With("scope", "col"));
        var table = new Element(
            "table",
            new Element("caption", caption),
            new Element("thead", new Element("tr", [.. heads])),
            new Element("tbody", [.. _rows]));
        // Too many for a telephone's width: there the style sheet says that more is to be had by scrolling.
        return Div(table).With("class", columns.Count > MostOnATelephone ? "scroll broad" : "scroll").With("role", "region").With("aria-label", caption).With("tabindex", "0");
    }
}
