using SiOutcomeLab.Cli.Terminals;

namespace SiOutcomeLab.Cli.Tests.Terminals;

public sealed class TextTableTests
{
    [Fact]
    public void Write_ShortCells_AlignsNumbersToTheRight()
    {
        var table = new TextTable(new TextColumn("a"), new TextColumn("n", IsRight: true));
        table.Add("x", "1");
        table.Add("yy", "100");
        Assert.Equal(["a     n", "──  ───", "x     1", "yy  100"], Lines(table));
    }

    [Fact]
    public void Write_LongCell_WrapsWithinTheColumn()
    {
        var table = new TextTable(new TextColumn("a", MaximumWidth: 8), new TextColumn("b"));
        table.Add("one-two-three", "z");
        Assert.Equal(["a         b", "────────  ─", "one-two-  z", "three"], Lines(table));
    }

    [Fact]
    public void Write_LineFeed_StartsANewLineInTheCell()
    {
        var table = new TextTable(new TextColumn("a"), new TextColumn("b"));
        table.Add("x\ny", "z");
        Assert.Equal(["a  b", "─  ─", "x  z", "y"], Lines(table));
    }

    [Fact]
    public void Under_ALine_StandsUnbrokenBelowItsOwnRow()
    {
        var table = new TextTable(new TextColumn("a", MaximumWidth: 4), new TextColumn("b"));
        table.Add("one-two", "z");
        table.Under("names/far-wider-than-the-table");
        table.Add("x", "y");
        Assert.Equal(["a     b", "────  ─", "one-  z", "two", "  names/far-wider-than-the-table", "x     y"], Lines(table));
    }

    [Theory]
    [InlineData("ett två tre", 7, "ett två|tre")]
    [InlineData("a_b no_degree@1", 12, "a_b|no_degree@1")]
    [InlineData("abcdefghij", 4, "abcd|efgh|ij")]
    [InlineData("1\u00A0273 dollar", 6, "1\u00A0273|dollar")]
    [InlineData("", 5, "")]
    public void Lines_Text_BreaksWhereAReaderWould(string text, int width, string expected) =>
        Assert.Equal(expected.Split('|'), Wrap.Lines(text, width));

    [Fact]
    public void Add_WrongNumberOfCells_Throws() => Assert.Throws<ArgumentException>(() => new TextTable(new TextColumn("a")).Add("x", "y"));

    private static string[] Lines(TextTable table)
    {
        using var output = new StringWriter();
        table.Write(output);
        return output.ToString().TrimEnd().Split(Environment.NewLine);
    }
}
