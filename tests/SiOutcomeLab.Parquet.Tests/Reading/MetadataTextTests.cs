using System.Text;
using SiOutcomeLab.Parquet.Format;
using SiOutcomeLab.Parquet.Tests.Files;
using SiOutcomeLab.ParquetFuzz.Making;

namespace SiOutcomeLab.Parquet.Tests.Reading;

public sealed class MetadataTextTests
{
    private static readonly MadeColumn[] Columns =
    [
        new("a", ParquetPhysicalType.Int32, [1, 2, 3, 4], ParquetEncoding.Plain),
        new("b", ParquetPhysicalType.Int32, [1, 1, 2, 2], ParquetEncoding.RleDictionary),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void MetadataTexts_FileWithStatisticsEverywhere_GivesEachWithItsPlace(int version)
    {
        var options = new MadeOptions { PageVersion = version, PageRows = 1, RowGroupRows = 2, HasExtras = true };
        using var reader = ParquetReader.Open(new MemoryStream(MadeFile.Write(Columns, options)));

        var texts = reader.MetadataTexts()
            .Select(text => (text.Where, text.Column, text.RowGroup, Text: Encoding.UTF8.GetString(text.Bytes.Span))).ToArray();

        Assert.Contains(("the schema's name", null, null, "schema"), texts);
        Assert.Contains(("the writing program", null, null, "made file"), texts);
        Assert.Contains(("the key of a metadata entry", null, null, Extras.KeyMark), texts);
        foreach (var (column, group) in new[] { ("a", 0), ("a", 1), ("b", 0), ("b", 1) })
        {
            Assert.Contains(("a metadata entry", column, group, Extras.ValueMark), texts);
            Assert.Contains(("a column chunk's statistics", column, group, Extras.SmallestMark), texts);
            Assert.Equal(2, texts.Count(text => text == ("a page index", column, group, Extras.IndexMark)));

            // Two pages, each with a smallest and, twice, a largest value.
            Assert.Equal(2, texts.Count(text => text == ("a page's statistics", column, group, Extras.SmallestMark)));
            Assert.Equal(4, texts.Count(text => text == ("a page's statistics", column, group, Extras.LargestMark)));
        }
    }

    [Fact]
    public void MetadataTexts_KeyTwiceInTheFooter_GivesBothValues()
    {
        var file = new ForgedFile
        {
            Rows = 1,
            More = footer =>
            {
                footer.BeginList(5, ThriftType.Struct, 2);
                foreach (var value in new[] { "hidden", "shown" })
                {
                    footer.BeginElement();
                    footer.Text(1, "k");
                    footer.Text(2, value);
                    footer.EndStruct();
                }
            },
        }.Data([7, 0, 0, 0], 1).Build();
        using var reader = ParquetReader.Open(new MemoryStream(file));

        var texts = reader.MetadataTexts().Select(text => Encoding.UTF8.GetString(text.Bytes.Span)).ToArray();

        Assert.Contains("hidden", texts);
        Assert.Contains("shown", texts);
        Assert.Equal("shown", reader.KeyValueMetadata["k"]);
    }

    [Fact]
    public void MetadataTexts_LongPageStatistics_AreGivenWhole()
    {
        var text = new string('x', 40_000);
        var file = new ForgedFile { Rows = 1 }.Page(0, [7, 0, 0, 0], null, header =>
        {
            header.BeginStruct(5);
            header.I32(1, 1);
            header.I32(2, 0);
            header.I32(3, 3);
            header.I32(4, 3);
            header.BeginStruct(5);
            header.Text(6, text);
            header.EndStruct();
            header.EndStruct();
        }).Build();
        using var reader = ParquetReader.Open(new MemoryStream(file));

        Assert.Contains(reader.MetadataTexts(), found => found.Bytes.Span.SequenceEqual(Encoding.UTF8.GetBytes(text)));
        Assert.Equal("7", Assert.Single(TestFile.Read(file)[0]));
    }

    [Fact]
    public void MetadataTexts_PageLongerThanItsChunk_FailsTyped()
    {
        var file = new ForgedFile { Rows = 1 }.Page(0, [7, 0, 0, 0], null, _ => { }, stored: 5).Build();
        using var reader = ParquetReader.Open(new MemoryStream(file));

        Assert.Throws<ParquetFormatException>(() => reader.MetadataTexts().Count());
    }

    [Fact]
    public void Open_MoreKeyValuesThanAllowed_FailsTyped()
    {
        var file = MadeFile.Write(Columns, new MadeOptions { HasExtras = true });
        var options = new ParquetReaderOptions { MaxKeyValues = 0 };
        var error = Assert.Throws<ParquetFormatException>(() => TestFile.Read(file, options: options));
        Assert.Equal(ParquetErrorCode.LimitExceeded, error.Code);
    }
}
