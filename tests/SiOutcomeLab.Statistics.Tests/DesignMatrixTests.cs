namespace SiOutcomeLab.Statistics.Tests;

public sealed class DesignMatrixTests
{
    [Fact]
    public void Constructor_ZeroOneColumn_IsBinary()
    {
        var x = DesignMatrix.FromColumns([("b", [0, 1, 1]), ("c", [0, 1, 2]), ("n", [-1, 0, 1])]);
        Assert.Equal([ColumnKind.Binary, ColumnKind.Continuous, ColumnKind.Continuous], x.Kinds);
        Assert.Equal(2, x[2, 1]);
        Assert.Equal([1, 1, 0], x.Row(1));
        Assert.Equal([-1, 0, 1], x.Column(2).ToArray());
    }

    [Fact]
    public void Constructor_GivenKinds_KeepsThem() =>
        Assert.Equal([ColumnKind.Continuous], DesignMatrix.FromColumns([("b", [0, 1])], [ColumnKind.Continuous]).Kinds);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Constructor_NotFinite_NamesColumnAndRowNotValue(double bad)
    {
        var error = Assert.Throws<ArgumentException>(() => new DesignMatrix(2, ["age", "income"], [1, 2, 3, bad]));
        Assert.Contains("'income'", error.Message, StringComparison.Ordinal);
        Assert.Contains("row 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_WrongShapeOrNames_Throws()
    {
        Assert.Throws<ArgumentException>(() => new DesignMatrix(2, ["a"], [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => new DesignMatrix(1, ["a", "a"], [1, 2]));
        Assert.Throws<ArgumentException>(() => new DesignMatrix(1, [""], [1]));
        Assert.Throws<ArgumentException>(() => DesignMatrix.FromColumns([("a", [1, 2]), ("b", [1])]));
        Assert.Throws<ArgumentException>(() => new DesignMatrix(1, ["a"], [1], []));
    }

    [Fact]
    public void Constructor_CallerChangesArray_MatrixStays()
    {
        double[] values = [1, 2];
        var x = new DesignMatrix(2, ["a"], values);
        values[0] = 9;
        Assert.Equal(1, x[0, 0]);
        Assert.Equal(9, DesignMatrix.Keeping([("a", values)])[0, 0]);
        values[0] = 8;
        Assert.Equal(9, DesignMatrix.FromColumns([("a", [9, 2])])[0, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => x[0, 1]);
    }
}
