using SiOutcomeLab.Charts;
using SiOutcomeLab.Hub.Web.Markup;

namespace SiOutcomeLab.Hub.Web;

/// <summary>A picture drawn twice, for a page and for a telephone; the style sheet shows everybody the one that fits.</summary>
internal static class Figure
{
    private const int Wide = 720;
    private const int Narrow = 340;

    /// <param name="id">Names the picture on its page.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="finding">What can be seen in it.</param>
    /// <param name="language">The page's language.</param>
    /// <param name="draw">Draws it in a frame.</param>
    public static Node Of(string id, string title, string finding, PageLanguage language, Func<ChartFrame, string> draw)
    {
        return new Element("figure", Drawn("wide", Wide), Drawn("narrow", Narrow));

        Element Drawn(string kind, int width)
        {
            var frame = new ChartFrame(title, finding, language.Charts) { Width = width, Id = $"{id}-{kind}" };
            return Tags.Div(new Picture(draw(frame))).With("class", kind);
        }
    }

    /// <summary>A picture that is narrow enough everywhere.</summary>
    /// <param name="id">Names the picture on its page.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="finding">What can be seen in it.</param>
    /// <param name="language">The page's language.</param>
    /// <param name="draw">Draws it in a frame.</param>
    public static Node OfOneWidth(string id, string title, string finding, PageLanguage language, Func<ChartFrame, string> draw) =>
        new Element("figure", new Picture(draw(new ChartFrame(title, finding, language.Charts) { Width = Narrow, Id = id })));
}
