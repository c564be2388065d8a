namespace SiOutcomeLab.Charts.Tests;

public sealed class SampleFlowTests
{
    private static readonly ChartFrame Frame = new("Title", "Description", ChartLanguage.Swedish);

    private static readonly FlowData Data = new(
    [
        new("alla", 12500) { Losses = [new("för unga", 30), new("flyttade", null, "färre än 10")] },
        new("kvar", null),
        new("sist", 0) { Losses = [new("efteråt", 5)] },
    ]);

    [Fact]
    public void Draw_StacksTheSteps_WithLossesBetween()
    {
        var picture = new Picture(SampleFlow.Draw(Data, Frame));
        var steps = picture.Marks("step").Select(Picture.BoxOf).ToArray();
        var losses = picture.Marks("loss").Select(Picture.BoxOf).ToArray();
        double[] edges =
        [
            steps[0].Bottom, losses[0].Top, losses[0].Bottom, losses[1].Top, losses[1].Bottom, steps[1].Top, steps[1].Bottom,
            steps[2].Top, steps[2].Bottom, losses[2].Top,
        ];
        Assert.Equal(edges.Order(), edges);
        var heads = picture.Marks("beyond").Select(h => Picture.PathPoints(h)[0].Y).ToArray();
        Assert.Equal([steps[1].Top, steps[2].Top], heads, (a, b) => Math.Abs(a - b) < 0.02);
    }

    [Fact]
    public void Draw_WritesCounts_AndTellsWithheldOnes()
    {
        var texts = new Picture(SampleFlow.Draw(Data, Frame)).Texts.Select(t => t.Value).ToArray();
        Assert.Contains("12\u00A0500", texts);
        Assert.Contains("Bortfall: 30", texts);
        Assert.Contains("Bortfall: färre än 10", texts);
        Assert.Contains("Visas inte", texts);
        Assert.Contains("0", texts);
    }

    [Fact]
    public void Draw_KeepsTextInsideItsBox()
    {
        var picture = new Picture(SampleFlow.Draw(Data, Frame));
        var boxes = picture.Marks("step").Concat(picture.Marks("loss")).Select(Picture.BoxOf).ToArray();
        var texts = picture.Texts.Select(Picture.BoxOf).Where(t => t.Top > boxes.Min(b => b.Top)).ToArray();
        Assert.All(texts, t => Assert.Contains(
            boxes, b => t.Left >= b.Left && t.Right <= b.Right && t.Top >= b.Top && t.Bottom <= b.Bottom));
    }
}
