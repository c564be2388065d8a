using System.Xml.Linq;
using SiOutcomeLab.Charts.Drawing;

namespace SiOutcomeLab.Charts.Tests;

public sealed class TextTests
{
    private static readonly ChartFrame Frame = new("Title", "Description", ChartLanguage.Swedish);

    public static TheoryData<string> Hostile =>
    [
        "<script>alert(1)</script>", "</text><image href=\"x\"/>", "\"' onload='x", "&lt;&amp;&#60;", "a\0b\u0001c\u001Bd\u007F\u0085",
        "]]><!--", "rad\nrad\ttab",
        "\uD800 ensam", "ensam \uDC00", "\uFFFE\uFFFF", "\u202Eslabvo\u202C", "\u2067x\u200F", "👩‍👩‍👧 familj",
        "e\u0301\u0302\u0303",
        new string('m', 500), "", " ", "{0} %s ${x}",
    ];

    [Theory, MemberData(nameof(Hostile))]
    public void Draw_OfAHostileText_IsWellFormed_AndNothingButText(string text)
    {
        var safe = text.Trim().Length == 0 ? "x" : text;
        var frame = Frame with { Title = safe, Description = safe, Note = text };
        string[] pictures =
        [
            ForestPlot.Draw(
                new ForestData([new(text, new(1, 0, 2)), new(text, null) { Gap = text }], text)
                {
                    LowSide = text, HighSide = text, Pooled = new(text, new(1, 0, 2)),
                },
                frame),
            LovePlot.Draw(new LoveData([new(text, 1, 0), new(text, null, null, text)]) { AxisLabel = text }, frame),
            EventStudyPlot.Draw(new EventStudyData([new(0, new(1, 0, 2)), new(1, null) { Gap = text }], text, text), frame),
            OverlapPlot.Draw(new OverlapData([new(0, 1, 1, 1)]) { AxisLabel = text }, frame),
            WaterfallChart.Draw(new WaterfallData([new(text, 1m), new(text, null) { Gap = text }], text), frame),
            BaselineBars.Draw(new BaselineData([new(text, 1m)], text), frame),
            FunnelPlot.Draw(new FunnelData([new(text, 1, 1), new(text, null, null, text)], text), frame),
            SampleFlow.Draw(new FlowData([new(text, 1) { Losses = [new(text, null, text)] }, new(text, null) { Gap = text }]), frame),
            PowerCurve.Draw(new PowerData([new(text, [new(1, 0.1), new(2, 0.2)])], text) { Mark = new(1, 0.1, text) }, frame),
        ];
        Assert.All(pictures, svg =>
        {
            var picture = new Picture(svg);
            string[] allowed = ["svg", "title", "desc", "g", "rect", "line", "circle", "path", "text"];
            Assert.All(picture.Root.DescendantsAndSelf(), e => Assert.Contains(e.Name.LocalName, allowed));
            var attributes = picture.Root.DescendantsAndSelf().Attributes();
            Assert.DoesNotContain(attributes, a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
            Assert.All(picture.Texts.Select(Picture.BoxOf), b => Assert.True(b.Right <= picture.Width && b.Left >= 0, b.ToString()));
        });
    }

    [Theory]
    [InlineData("a<b>&\"c'", "a&lt;b&gt;&amp;&quot;c&#39;")]
    [InlineData("a\0b\u0008c", "a\uFFFDb\uFFFDc")]
    [InlineData("x\u202Ey", "x\uFFFDy")]
    [InlineData("å\tä\nö", "å ä ö")]
    public void Escape_KeepsLetters_AndDisarmsTheRest(string text, string escaped) => Assert.Equal(escaped, XmlText.Escape(text));

    // Outside the theory: test data are kept as UTF-8, which has no lone surrogates.
    [Fact]
    public void Escape_OfALoneSurrogate_IsTheReplacementCharacter() => Assert.Equal("x\uFFFDy\uFFFD", XmlText.Escape("x\uDC00y\uD83D"));

    [Fact]
    public void Draw_OfALongLabel_CutsItAndKeepsTheWholeInTheTitle()
    {
        const string label =
            "Arbetsmarknadsförvaltningens samordnade rehabiliteringsinsats för långtidssjukskrivna med psykisk ohälsa i norra länsdelen";
        var picture = new Picture(ForestPlot.Draw(new ForestData([new(label, new(1, 0, 2))], "x"), Frame));
        Assert.StartsWith(label, Picture.Title(picture.Row(0)), StringComparison.Ordinal);
        var lines = picture.Row(0).Elements(Picture.Svg + "text").Select(t => t.Value).ToArray();
        Assert.Equal(3, lines.Length);
        Assert.EndsWith("…", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Wrap_OfAnyText_FitsAndLosesNothingButSpaces()
    {
        // Widths are summed in another order here and there.
        const double rounding = 1e-9;
        var random = new Random(7);
        const string letters = "abcdefghijklmnopqrstuvwxyzåäö-   ";
        for (var trial = 0; trial < 3000; trial++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(1, 120)).Select(_ => letters[random.Next(letters.Length)])]);
            var width = random.Next(40, 400);
            var lines = TextFit.Wrap(text, TextStyle.Label, width, 1000);
            Assert.All(lines, l => Assert.True(TextWidth.Of(l, TextStyle.Label) <= width + rounding, l));
            Assert.Equal(text.Replace(" ", ""), string.Concat(lines).Replace(" ", ""));
            var cut = TextFit.Wrap(text, TextStyle.Label, width, 2);
            Assert.True(cut.Count <= 2 && cut.All(l => TextWidth.Of(l, TextStyle.Label) <= width + rounding));
        }
    }

    [Fact]
    public void Wrap_BreaksAtSpaces_NeverAtNoBreakSpaces()
    {
        Assert.Equal(["ett två", "tre"], TextFit.Wrap("ett två tre", TextStyle.Label, TextWidth.Of("ett två ", TextStyle.Label), 3));
        var width = TextWidth.Of("kronor 1\u00A0", TextStyle.Label);
        Assert.Equal(["kronor", "1\u00A0000"], TextFit.Wrap("kronor 1\u00A0000", TextStyle.Label, width, 3));
    }

    [Fact]
    public void Cut_NeverSplitsALetterFromItsAccent()
    {
        const string text = "e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301";
        for (var width = 20; width < 60; width++)
        {
            var cut = TextFit.Cut(text, TextStyle.Label, width).TrimEnd('…');
            Assert.Equal(0, cut.Length % 2);
        }
    }
}
