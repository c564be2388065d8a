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

    [Theory]
    [InlineData(1, 200, 1)]
    [InlineData(2, 60_000, 2)]
    [InlineData(3, 70_000, 4)]
    [InlineData(4, int.MaxValue, 4)]
    public void PutRun_RunAfterRun_IsWhatEachValuePutsAlone(int seed, int largest, int width)
    {
        var random = new Random(seed);
        var (runs, single) = (new NarrowCells(), new NarrowCells());
        runs.Require(2000);
        single.Require(2000);
        for (var at = 0; at < 1900;)
        {
            var count = random.Next(1, 90);
            // Mostly small ones, so that a value too wide comes in the middle of a run, also where it is not there.
            int[] values = [.. Enumerable.Range(0, count).Select(_ => random.Next(20) == 0 ? random.Next(-1 * (seed / 4), largest) : random.Next(250))];
            bool[] present = [.. values.Select(_ => random.Next(5) > 0)];
            if (seed == 4 && random.Next(2) == 0) runs.PutRun(at, [.. values.Select(v => (double)v)], present);
            else runs.PutRun(at, values, present);
            for (var i = 0; i < count; i++)
            {
                if (present[i]) single.Put(at + i, values[i]);
            }

            at += count;
        }

        Assert.Equal(width, runs.Width);
        Assert.Equal(single.Width, runs.Width);
        Assert.Equal(Enumerable.Range(0, 2000).Select(i => single[i]), Enumerable.Range(0, 2000).Select(i => runs[i]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void PutRun_BeforeOthersOfMoreWidth_IsKeptThroughEveryWidth(int kind)
    {
        var cells = new NarrowCells();
        cells.Require(500);
        switch (kind)
        {
            case 0: cells.PutRun(100, [7, 0, 9], [true, true, false]); break;
            case 1: cells.PutRun(100, [7.0, 0, 9], [true, true, false]); break;
            case 2: Assert.True(cells.TryPutByteCodes(100, [0, 1, -1], [0, 8, 1])); break;
            default:
                cells.PutRun(0, [300], [true]);
                Assert.True(cells.TryPutShortCodes(100, [0, 1, -1], [7, 0])); break;
        }

        foreach (var (at, wide) in ((int, double)[])[(0, 300), (1, 70_000), (2, 0.25)])
        {
            cells.PutRun(at, [wide], [true]);
            Assert.Equal([7, 0, double.NaN, double.NaN, wide], new[] { cells[100], cells[101], cells[102], cells[499], cells[at] });
        }

        // What is put one by one may lie anywhere, also before what was put last.
        var single = new NarrowCells();
        single.Require(500);
        single.Put(400, 5);
        single.Put(3, 6);
        single.Put(2, 0.25);
        Assert.Equal([5, 6, 0.25], new[] { single[400], single[3], single[2] });
    }

    [Fact]
    public void PutRun_NumbersThatAreNotWhole_AreKeptToTheBit()
    {
        var cells = new NarrowCells();
        cells.Require(6);
        cells.PutRun(1, [3, 0.5, double.NaN, -0.0], [true, true, true, true]);
        cells.PutRun(5, [7.25], [false]);

        Assert.Equal(
            new[] { double.NaN, 3, 0.5, double.NaN, -0.0, double.NaN }.Select(BitConverter.DoubleToInt64Bits),
            Enumerable.Range(0, 6).Select(i => BitConverter.DoubleToInt64Bits(cells[i])));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(250)]
    public void TryPutByteCodes_EntriesOfADictionary_AreTheirCodesAndOneThatIsNotKnownIsToldOf(int entries)
    {
        var random = new Random(entries);
        byte[] byEntry = [0, .. Enumerable.Range(0, entries).Select(e => (byte)(entries - e))];
        int[] rows = [.. Enumerable.Range(0, 77).Select(_ => random.Next(-1, entries))];
        var cells = new NarrowCells();
        cells.Require(80);

        Assert.True(cells.TryPutByteCodes(2, rows, byEntry));
        Assert.Equal(rows.Select(e => e < 0 ? -1 : entries - e - 1), Enumerable.Range(2, 77).Select(cells.Code));
        Assert.Equal([-1, -1, -1], [cells.Code(0), cells.Code(1), cells.Code(79)]);

        foreach (var row in (int[])[5, 40, 76])
        {
            rows[row] = 1;
            var unknown = byEntry.ToArray();
            unknown[2] = 0;
            Assert.False(cells.TryPutByteCodes(2, rows, unknown));
            rows[row] = 0;
        }
    }

    [Fact]
    public void TryPutByteCodes_WhereValuesAreWide_PutsNothing()
    {
        var cells = new NarrowCells();
        cells.Require(2);
        cells.Put(0, 400);

        Assert.False(cells.TryPutByteCodes(1, [0], new byte[] { 0, 1 }));
        Assert.Equal(-1, cells.Code(1));
    }

    [Fact]
    public void TryPutShortCodes_CodesOfTwoBytes_AreKeptAndOneThatIsNotKnownOrTooWideIsToldOf()
    {
        var cells = new NarrowCells();
        cells.Require(8);
        cells.Put(0, 300);

        Assert.True(cells.TryPutShortCodes(1, [1, -1, 0], new[] { 40_000, 65_534, -1, 65_535 }));
        Assert.Equal([300, 65_534, -1, 40_000, -1], Enumerable.Range(0, 5).Select(cells.Code));
        Assert.False(cells.TryPutShortCodes(4, [2], new[] { 40_000, 65_534, -1, 65_535 }));
        Assert.False(cells.TryPutShortCodes(5, [3], new[] { 40_000, 65_534, -1, 65_535 }));
    }
}
