using System.Text.RegularExpressions;
using System.Xml.Linq;
using SiOutcomeLab.Charts.Drawing;

namespace SiOutcomeLab.Charts.Tests;

/// <summary>What holds for every picture, in both languages and every width.</summary>
public sealed class EveryPictureTests
{
    public static TheoryData<string, string, int> Every => Samples.Every();

    [Theory, MemberData(nameof(Every))]
    public void Draw_Always_IsNamedAndDescribed(string kind, string code, int width)
    {
        var picture = new Picture(Samples.Draw(kind, code, width));
        var ids = ((string)picture.Root.Attribute("aria-labelledby")!).Split(' ');
        Assert.Equal("img", (string?)picture.Root.Attribute("role"));
        Assert.Equal(code, (string?)picture.Root.Attribute("lang"));
        Assert.Equal(code, (string?)picture.Root.Attribute(XNamespace.Xml + "lang"));
        Assert.Equal(ids, new[] { (string)Child(picture, "title").Attribute("id")!, (string)Child(picture, "desc").Attribute("id")! });
        Assert.NotEmpty(Child(picture, "title").Value);
        Assert.NotEmpty(Child(picture, "desc").Value);
        Assert.Null(picture.Root.Attribute("width"));
        Assert.Null(picture.Root.Attribute("height"));
        Assert.Equal(width, picture.Width);
    }

    [Theory, MemberData(nameof(Every))]
    public void Draw_Always_StaysInsideTheViewBox(string kind, string code, int width)
    {
        var picture = new Picture(Samples.Draw(kind, code, width));
        foreach (var element in picture.Shapes.Concat(picture.Texts))
        {
            var box = Picture.BoxOf(element);
            var inside = box.Left >= 0 && box.Top >= 0 && box.Right <= picture.Width && box.Bottom <= picture.Height;
            Assert.True(inside, $"{box} of {picture.Width} × {picture.Height}: {element}");
        }
    }

    [Theory, MemberData(nameof(Every))]
    public void Draw_Always_WritesNoTextOverAnother(string kind, string code, int width)
    {
        var texts = new Picture(Samples.Draw(kind, code, width)).Texts;
        var boxes = texts.Select(t => (Box: Picture.BoxOf(t), t.Value)).OrderBy(t => t.Box.Top).ToArray();
        for (var i = 0; i < boxes.Length; i++)
        {
            for (var j = i + 1; j < boxes.Length && boxes[j].Box.Top < boxes[i].Box.Bottom; j++)
            {
                Assert.False(boxes[i].Box.Crosses(boxes[j].Box, 0.5), $"\"{boxes[i].Value}\" and \"{boxes[j].Value}\"");
            }
        }
    }

    [Theory, MemberData(nameof(Every))]
    public void Draw_Always_UsesOnlyInksOfEnoughContrast(string kind, string code, int width)
    {
        var picture = new Picture(Samples.Draw(kind, code, width));
        Assert.All(picture.Texts, t => Assert.Contains((string)t.Attribute("fill")!, Ink.OfText));
        var quiet = new HashSet<string> { "grid", "separator" };
        var tints = new HashSet<string> { Ink.Paper, "#E3F0F8", "none" };
        Assert.All(picture.Shapes.Where(s => !quiet.Contains((string)s.Attribute("data-mark")!)), s =>
        {
            var (fill, stroke) = ((string)s.Attribute("fill")!, (string?)s.Attribute("stroke") ?? "none");
            Assert.True(tints.Contains(fill) || Ink.OfMarks.Contains(fill), s.ToString());
            Assert.True(tints.Contains(stroke) || Ink.OfMarks.Contains(stroke), s.ToString());
            // What carries data has ink in its fill or its edge.
            var carries = Ink.OfMarks.Contains(fill) || Ink.OfMarks.Contains(stroke);
            Assert.True(carries || (string)s.Attribute("data-mark")! is "paper" or "gap" or "under", s.ToString());
        });
    }

    [Theory, MemberData(nameof(Every))]
    public void Draw_Always_HoldsNothingThatRunsOrReachesOut(string kind, string code, int width)
    {
        var picture = new Picture(Samples.Draw(kind, code, width));
        string[] allowed = ["svg", "title", "desc", "g", "rect", "line", "circle", "path", "text"];
        Assert.All(picture.Root.DescendantsAndSelf(), e => Assert.Contains(e.Name.LocalName, allowed));
        var attributes = picture.Root.DescendantsAndSelf().Attributes().Select(a => a.Name.LocalName);
        Assert.DoesNotContain(attributes, a => a is "style" or "href" or "class" || a.StartsWith("on", StringComparison.Ordinal));
        Assert.DoesNotContain("url(", picture.Source, StringComparison.Ordinal);
        Assert.Equal(["http://www.w3.org/2000/svg"], Regex.Matches(picture.Source, @"https?:[^""\s]*").Select(m => m.Value));
    }

    [Theory, MemberData(nameof(Every))]
    public void Draw_Always_WritesPlainNumbersAndReadableText(string kind, string code, int width)
    {
        var picture = new Picture(Samples.Draw(kind, code, width));
        string[] numbers = ["x", "y", "x1", "x2", "y1", "y2", "width", "height", "cx", "cy", "r", "font-size", "stroke-width"];
        var attributes = picture.Root.Descendants().Attributes().Where(a => numbers.Contains(a.Name.LocalName));
        Assert.All(attributes, a => Assert.Matches(@"^-?\d+(\.\d{1,2})?$", a.Value));
        Assert.All(picture.Texts, t => Assert.True(Picture.Number(t, "font-size") >= 14));
        Assert.DoesNotContain(picture.Texts, t => Regex.IsMatch(t.Value, "NaN|Infinity|-0"));
    }

    [Theory, MemberData(nameof(Every))]
    public void Draw_Twice_GivesTheSameBytes(string kind, string code, int width) =>
        Assert.Equal(Samples.Draw(kind, code, width), Samples.Draw(kind, code, width));

    [Fact]
    public void Draw_OfDifferentPictures_UsesDifferentIdentifiers()
    {
        var ids = Samples.Kinds.Select(k => (string)new Picture(Samples.Draw(k, "sv")).Root.Attribute("aria-labelledby")!).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    private static XElement Child(Picture picture, string name) => picture.Root.Elements(Picture.Svg + name).Single();
}
