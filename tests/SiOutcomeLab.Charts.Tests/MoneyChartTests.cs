namespace SiOutcomeLab.Charts.Tests;

public sealed class MoneyChartTests
{
    private static readonly ChartFrame Frame = new("Title", "Description", ChartLanguage.Swedish) { Width = 800 };

    [Fact]
    public void Waterfall_BeginsEachBar_WhereTheLastEnded()
    {
        var picture = Waterfall(new("a", -300m), new("b", 500m), new("c", -50m));
        var across = picture.Across(NumberText.Swedish);
        var costs = picture.Marks("cost").Select(Picture.BoxOf).ToArray();
        var (saving, total) = (Picture.BoxOf(picture.Marks("saving").Single()), Picture.BoxOf(picture.Marks("total").Single()));
        Close((across(-300), across(0)), costs[0]);
        Close((across(-300), across(200)), saving);
        Close((across(150), across(200)), costs[1]);
        Close((across(0), across(150)), total);
        Assert.Equal("Summa: +150", Picture.Title(picture.Row(3)));
        Assert.Equal("a: −300", Picture.Title(picture.Row(0)));
    }

    [Fact]
    public void Waterfall_WithAGap_ShowsNoTotalOfItsOwn()
    {
        var picture = Waterfall(new("a", 300m), new("b", null) { Gap = "för få" });
        Assert.Empty(picture.Marks("total"));
        Assert.Equal("b: för få", Picture.Title(picture.Row(1)));
        Assert.Equal("Summa: Visas inte", Picture.Title(picture.Row(2)));
        Assert.Single(picture.Marks("connector"));
    }

    [Fact]
    public void Waterfall_WithAGivenTotal_ShowsThatOne()
    {
        var data = new WaterfallData([new("a", 300m), new("b", 10m)], "kr") { Total = new("Netto", 311m) { Lower = 200m, Upper = 420m } };
        var picture = new Picture(WaterfallChart.Draw(data, Frame));
        Assert.Equal("Netto: +311 (200 till 420)", Picture.Title(picture.Row(2)));
        var across = picture.Across(NumberText.Swedish);
        Close((across(200), across(420)), Picture.BoxOf(picture.Marks("interval").Single()));
    }

    [Fact]
    public void Waterfall_OfAnInterval_LiesWhereTheStepLies()
    {
        var picture = Waterfall(new("a", -300m), new("b", 500m) { Lower = 400m, Upper = 650m });
        var across = picture.Across(NumberText.Swedish);
        Close((across(100), across(350)), Picture.BoxOf(picture.Marks("interval").Single()));
    }

    [Fact]
    public void Waterfall_OfAnAmountThatCannotBePlaced_TellsIt()
    {
        var picture = Waterfall(new("a", decimal.MaxValue), new("b", decimal.MinValue), new("c", 5m));
        Assert.Equal("a: Visas inte", Picture.Title(picture.Row(0)));
        Assert.Single(picture.Marks("saving"));
    }

    [Fact]
    public void Waterfall_OfNothing_TotalsZero() => Assert.Equal("Summa: 0", Picture.Title(Waterfall().Row(0)));

    [Fact]
    public void Baseline_DrawsBarsFromZero_WithIntervals()
    {
        var data = new BaselineData([new("a", 4000m) { Lower = 3000m, Upper = 5200m }, new("b", null), new("c", 1000m)], "kr");
        var picture = new Picture(BaselineBars.Draw(data, Frame));
        var across = picture.Across(NumberText.Swedish);
        Close((across(0), across(4000)), Picture.BoxOf(picture.Marks("amount")[0]));
        Close((across(0), across(1000)), Picture.BoxOf(picture.Marks("amount")[1]));
        Close((across(3000), across(5200)), Picture.BoxOf(picture.Marks("interval").Single()));
        Assert.Equal("a: 4\u00A0000 (3\u00A0000 till 5\u00A0200)", Picture.Title(picture.Row(0)));
        Assert.Equal("b: Visas inte", Picture.Title(picture.Row(1)));
    }

    private static Picture Waterfall(params MoneyRow[] steps) => new(WaterfallChart.Draw(new WaterfallData(steps, "kr"), Frame));

    private static void Close((double Left, double Right) expected, Box box)
    {
        Assert.Equal(expected.Left, box.Left, 0.03);
        Assert.Equal(expected.Right, box.Right, 0.03);
    }
}
