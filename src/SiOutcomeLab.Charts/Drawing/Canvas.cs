using System.Security.Cryptography;
using System.Text;

namespace SiOutcomeLab.Charts.Drawing;

/// <summary>A picture in the making: its frame, and the shapes so far.</summary>
internal sealed class Canvas
{
    public const double Margin = 12;

    private const string Fonts = "system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

    public Canvas(ChartFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentException.ThrowIfNullOrWhiteSpace(frame.Title);
        ArgumentException.ThrowIfNullOrWhiteSpace(frame.Description);
        ArgumentOutOfRangeException.ThrowIfLessThan(frame.Width, 320);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frame.Width, 1600);
        if (frame.Id is { } id && !IsIdentifier(id))
        {
            throw new ArgumentException("An identifier is a letter, then letters, digits, - and _.", nameof(frame));
        }

        Frame = frame;
        Top = Margin;
        if (frame.ShowTitle) Top = Paragraph(frame.Title, TextStyle.Title, Top, most: 5) + 8;
    }

    public ChartFrame Frame { get; }

    public SvgWriter Svg { get; } = new();

    public ChartWords Words => Frame.Language.Words;

    public NumberText Numbers => Frame.Language.Numbers;

    public double Width => Frame.Width;

    /// <summary>Right edge of what may be drawn.</summary>
    public double Right => Width - Margin;

    /// <summary>Where the next part begins.</summary>
    public double Top { get; set; }

    /// <summary>Draws wrapped text from margin to margin and returns where it ends.</summary>
    public double Paragraph(string text, TextStyle style, double top, int most)
    {
        var lines = TextFit.Wrap(text, style, Width - 2 * Margin, most);
        Svg.Lines(Margin, top + style.LineHeight / 2, lines, style);
        return top + lines.Count * style.LineHeight;
    }

    /// <summary>The whole document, whose height is where the drawing ended.</summary>
    public string Finish()
    {
        if (!string.IsNullOrWhiteSpace(Frame.Note)) Top = Paragraph(Frame.Note, TextStyle.Small, Top + 6, most: 8);
        var height = SvgWriter.Number(Math.Ceiling(Top + Margin));
        var width = SvgWriter.Number(Width);
        var body = Svg.ToString();
        var title = XmlText.Escape(Frame.Title);
        var description = XmlText.Escape(Frame.Description);
        var language = XmlText.Escape(Frame.Language.Code);
        var id = Frame.Id ?? "c" + Digest(title + description + body);
        return $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" lang=\"{language}\" "
            + $"xml:lang=\"{language}\" aria-labelledby=\"{id}-title {id}-desc\" font-family=\"{Fonts}\">\n"
            + $"<title id=\"{id}-title\">{title}</title>\n<desc id=\"{id}-desc\">{description}</desc>\n"
            + $"<rect data-mark=\"paper\" x=\"0\" y=\"0\" width=\"{width}\" height=\"{height}\" fill=\"{Ink.Paper}\"/>\n{body}</svg>\n";
    }

    // Two pictures on a page must not share identifiers, and the same picture keeps its own.
    private static string Digest(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 6));

    private static bool IsIdentifier(string id) =>
        id.Length > 0 && char.IsAsciiLetter(id[0]) && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
