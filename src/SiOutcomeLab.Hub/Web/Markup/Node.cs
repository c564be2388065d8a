using System.Text;

namespace SiOutcomeLab.Hub.Web.Markup;

/// <summary>A piece of a page. Text becomes text whatever it holds; a string can never become markup.</summary>
internal abstract class Node
{
    public static implicit operator Node(string text) => new TextNode(text);

    public abstract void Write(StringBuilder output);
}

/// <summary>Text between tags.</summary>
internal sealed class TextNode(string text) : Node
{
    public override void Write(StringBuilder output) => Encoded.Append(output, text);
}

/// <summary>Pieces one after another, with nothing around them.</summary>
internal sealed class Fragment(params IReadOnlyList<Node> parts) : Node
{
    public override void Write(StringBuilder output)
    {
        foreach (var part in parts) part.Write(output);
    }
}

/// <summary>A picture of this program's own making, the one thing that goes into a page as it is.</summary>
/// <param name="svg">What <c>SiOutcomeLab.Charts</c> drew: it encodes every label itself.</param>
internal sealed class Picture(string svg) : Node
{
    public override void Write(StringBuilder output) => output.Append(svg);
}
