namespace SiOutcomeLab.Charts.Tests;

public sealed class ChartFrameTests
{
    private static readonly ChartFrame Frame = new("Rubrik", "Beskrivning", ChartLanguage.Swedish);

    [Theory]
    [InlineData(319), InlineData(1601), InlineData(-1)]
    public void Draw_OfAWidthOutOfRange_IsMisuse(int width) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Draw(Frame with { Width = width }));

    [Fact]
    public void Draw_WithoutTitleOrDescription_IsMisuse()
    {
        Assert.Throws<ArgumentException>(() => Draw(Frame with { Title = " " }));
        Assert.Throws<ArgumentException>(() => Draw(Frame with { Description = "" }));
    }

    [Theory]
    [InlineData("1a"), InlineData("a b"), InlineData("a\"x"), InlineData("")]
    public void Draw_OfAnIdentifierThatIsNone_IsMisuse(string id) => Assert.Throws<ArgumentException>(() => Draw(Frame with { Id = id }));

    [Fact]
    public void Draw_WithAnIdentifier_UsesIt() =>
        Assert.Equal("effekt-7-title effekt-7-desc", (string?)Draw(Frame with { Id = "effekt-7" }).Root.Attribute("aria-labelledby"));

    [Fact]
    public void Draw_WithoutShownTitle_StillNamesThePicture()
    {
        var picture = Draw(Frame with { ShowTitle = false });
        Assert.DoesNotContain(picture.Texts, t => t.Value == "Rubrik");
        Assert.Equal("Rubrik", picture.Root.Element(Picture.Svg + "title")!.Value);
        Assert.True(picture.Height < Draw(Frame).Height);
    }

    [Fact]
    public void Draw_WithOwnWords_SaysThem()
    {
        var language = ChartLanguage.Swedish with { Words = ChartWords.Swedish with { Before = "utan vikter" } };
        Assert.Contains(Draw(Frame with { Language = language }).Texts, t => t.Value == "utan vikter");
    }

    private static Picture Draw(ChartFrame frame) => new(LovePlot.Draw(new LoveData([new("a", 0.3, 0.1)]), frame));
}
