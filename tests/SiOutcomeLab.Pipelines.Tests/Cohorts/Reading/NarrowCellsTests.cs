using SiOutcomeLab.Pipelines.Cohorts.Reading;

namespace SiOutcomeLab.Pipelines.Tests.Cohorts.Reading;

public sealed class NarrowCellsTests
{
    [Theory]
    [InlineData(new[] { 0.0, 254 }, 1)]
    [InlineData(new[] { 0.0, 255 }, 2)]
    [InlineData(new[] { 65534.0 }, 2)]
    [InlineData(new[] { 65535.0 }, 4)]
    [InlineData(new[] { -1.0, 3 }, 4)]
    [InlineData(new[] { -2147483647.0, 2147483647 }, 4)]
    [InlineData(new[] { -2147483648.0 }, 8)]
    [InlineData(new[] { 2147483648.0 }, 8)]
    [InlineData(new[] { 1.0, 0.5 }, 8)]
    [InlineData(new[] { -0.0, 7 }, 8)]
    public void Put_Values_AreKeptToTheBitInTheNarrowestForm(double[] values, int width)
    {
        var cells = new NarrowCells();
        cells.Require(values.Length + 1);
        cells.Put([.. Enumerable.Range(0, values.Length)], values, [.. values.Select(_ => true)]);

        Assert.Equal(width, cells.Width);
        Assert.Equal(values.Select(BitConverter.DoubleToInt64Bits), Enumerable.Range(0, values.Length).Select(i => BitConverter.DoubleToInt64Bits(cells[i])));
        Assert.True(double.IsNaN(cells[values.Length]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Put_InAnyOrderOfWidths_IsAnArrayOfDoubles(int seed)
    {
        var random = new Random(seed);
        var (cells, expected) = (new NarrowCells(), Enumerable.Repeat(double.NaN, 300).ToArray());
        for (var round = 0; round < 60; round++)
        {
            cells.Require(Math.Min(300, 20 + (round * 10)));
            int[] at = [.. Enumerable.Range(0, 12).Select(_ => random.Next(-2, cells.Length))];
            var size = 1 << random.Next(1, seed == 3 ? 8 : 31);
            int[] whole = [.. at.Select(_ => random.Next(-size / (seed == 1 ? 2 : int.MaxValue), size))];
            double[] numbers = [.. whole.Select(w => seed == 2 && round > 40 ? w / 4.0 : w)];
            bool[] present = [.. at.Select(_ => random.Next(4) > 0)];
            if (round % 2 == 0) cells.Put(at, whole, present);
            else cells.Put(at, numbers, present);
            for (var i = 0; i < at.Length; i++)
            {
                if (at[i] >= 0 && present[i]) expected[at[i]] = round % 2 == 0 ? whole[i] : numbers[i];
            }

            Assert.Equal(expected.Take(cells.Length), Enumerable.Range(0, cells.Length).Select(i => cells[i]));
        }
    }

    [Fact]
    public void Put_Codes_AreReadBackWithMinusOneForNone()
    {
        var cells = new NarrowCells();
        cells.Require(4);
        Assert.Equal(-1, cells.Code(0));
        foreach (var (at, code) in ((int, int)[])[(0, 3), (1, 400), (2, 70_000)])
        {
            cells.Put(at, code);
            Assert.Equal(code, cells.Code(at));
            Assert.Equal(-1, cells.Code(3));
            Assert.Equal(3, cells.Code(0));
        }
    }
}
