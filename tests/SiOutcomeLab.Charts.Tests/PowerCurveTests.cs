namespace SiOutcomeLab.Charts.Tests;

public sealed class PowerCurveTests
{
    private static readonly ChartFrame Frame = new("Title", "Description", ChartLanguage.English);

    [Fact]
    public void Draw_PlacesCurveTargetAndMark_WhereTheTicksSay()
    {
        var data = new PowerData([new("a", [new(200, 0.9), new(50, 0.3), new(100, 0.6)])], "Persons") { Mark = new(120, 0.66, "planned") };
        var picture = new Picture(PowerCurve.Draw(data, Frame));
        var (across, up) = (picture.Across(NumberText.English), picture.Up(NumberText.English));
        var curve = Picture.PathPoints(picture.Marks("curve").Single());
        Assert.Equal([across(50), across(100), across(200)], curve.Select(p => p.X), (a, b) => Math.Abs(a - b) < 0.02);
        Assert.Equal([up(30), up(60), up(90)], curve.Select(p => p.Y), (a, b) => Math.Abs(a - b) < 0.02);
        Assert.Equal(up(80), Picture.Number(picture.Marks("target").Single(), "y1"), 0.02);
        var (x, y) = Picture.Middle(picture.Marks("mark").Single());
        Assert.Equal(across(120), x, 0.02);
        Assert.Equal(up(66), y, 0.02);
        Assert.Contains(picture.Texts, t => t.Value == "power asked for 80%");
    }

    [Fact]
    public void Draw_OfAGap_BreaksTheCurve()
    {
        PowerPoint[] points = [new(1, 0.1), new(2, 0.2), new(3, double.NaN), new(4, 0.4), new(5, 1.2), new(6, 0.6), new(7, 0.7)];
        var data = new PowerData([new("a", points)], "Persons");
        var curves = new Picture(PowerCurve.Draw(data, Frame)).Marks("curve");
        Assert.Equal(["path", "circle", "path"], curves.Select(c => c.Name.LocalName));
    }

    [Fact]
    public void Draw_OfSeveralCurves_GivesEachADashOfItsOwn()
    {
        var lines = Enumerable.Range(1, 4).Select(i => new PowerLine($"{i}", [new(10, 0.1 * i), new(20, 0.2 * i)])).ToArray();
        var curves = new Picture(PowerCurve.Draw(new PowerData(lines, "Persons"), Frame)).Marks("curve");
        Assert.Equal(4, curves.Select(c => (string?)c.Attribute("stroke-dasharray")).Distinct().Count());
        Assert.Throws<ArgumentOutOfRangeException>(() => PowerCurve.Draw(new PowerData([.. lines, lines[0]], "Persons"), Frame));
    }
}
