using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Tests.LinearAlgebra;

public sealed class CrossProductTilesTests
{
    [Fact]
    public void AddSymmetric_EveryWidthAndLength_AgreesWithPlainLoops()
    {
        var random = new Random(1);
        foreach (var rows in new[] { 1, 2, 3, 4, 5, 63, 255, 256 })
        {
            for (var columns = 0; columns <= 9; columns++)
            {
                var block = Block(random, columns, rows);
                var weights = new double[RowBlocks.Rows];
                for (var i = 0; i < rows; i++) weights[i] = random.Next(9) / 2.0;
                var (plain, weighted) = (new double[55], new double[55]);
                CrossProductTiles.AddSymmetric(block, columns, rows, [], 0, plain);
                CrossProductTiles.AddSymmetric(block, columns, rows, weights, 1, weighted);
                for (var j = 0; j < columns; j++)
                {
                    for (var k = 0; k <= j; k++)
                    {
                        Assert.Equal(Product(block, j, k, _ => 1), plain[(j * (j + 1) / 2) + k]);
                        Assert.Equal(Product(block, j, k, i => weights[i]), weighted[((j + 1) * (j + 2) / 2) + k + 1]);
                    }

                    Assert.Equal(0, weighted[(j + 1) * (j + 2) / 2]);
                }
            }
        }
    }

    [Fact]
    public void Pair_EveryWidth_AgreesWithPlainLoops()
    {
        var random = new Random(2);
        for (var columns = 0; columns <= 9; columns++)
        {
            var block = Block(random, columns, 101);
            var left = Block(random, 2, 101);
            var (first, second) = (new double[columns], new double[columns]);
            CrossProductTiles.Pair(left, block, columns, 101, first, second);
            for (var j = 0; j < columns; j++)
            {
                Assert.Equal(Product(block, j, j, i => left[i], once: true), first[j]);
                Assert.Equal(Product(block, j, j, i => left[RowBlocks.Rows + i], once: true), second[j]);
            }
        }
    }

    // Quarters are exact in binary, so every order of adding gives the same number.
    private static double[] Block(Random random, int columns, int rows)
    {
        var block = new double[CrossProductTiles.BufferLength(columns)];
        for (var j = 0; j < columns; j++)
        {
            for (var i = 0; i < rows; i++) block[(j * RowBlocks.Rows) + i] = random.Next(-99, 99) / 4.0;
        }

        return block;
    }

    private static double Product(double[] block, int j, int k, Func<int, double> weight, bool once = false)
    {
        var sum = 0.0;
        for (var i = 0; i < RowBlocks.Rows; i++)
        {
            sum += weight(i) * block[(j * RowBlocks.Rows) + i] * (once ? 1 : block[(k * RowBlocks.Rows) + i]);
        }

        return sum;
    }
}
