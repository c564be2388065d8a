using System.Text;
using SiOutcomeLab.Parquet.Tests.Files;

namespace SiOutcomeLab.Parquet.Tests.Reading;

public sealed class DictionaryReadTests
{
    [Fact]
    public void Read_DictionaryText_GivesCodesInOrderOfFirstAppearance()
    {
        using var reader = Open([["b", "a", "b", null, "a", "b", "b", "b", "b", "b"]]);
        using var column = reader.OpenRowGroup(0).Bytes(0);
        var batch = new BytesBatch();

        Assert.Equal(10, column.Read(batch, 100));

        Assert.True(batch.HasDictionary);
        Assert.Equal([0, 1, 0, -1, 1, 0, 0, 0, 0, 0], batch.Codes.ToArray());
        Assert.Equal(2, batch.DictionaryCount);
        Assert.Equal("b", Encoding.UTF8.GetString(batch.DictionaryValue(0)));
        Assert.Equal("a", Encoding.UTF8.GetString(batch[1]));
        Assert.True(batch.IsNull(3));
        Assert.True(batch[3].IsEmpty);
        Assert.Equal(0, column.Read(batch, 100));
        Assert.Equal(0, batch.Count);
    }

    [Fact]
    public void Read_NextRowGroup_ChangesTheDictionarysId()
    {
        using var reader = Open([["a", "a", "a", "a", "a", "a", "a", "a"], ["b", "b", "b", "b", "b", "b", "b", "b"]]);
        var batch = new BytesBatch();
        var ids = new HashSet<int>();
        for (var group = 0; group < 2; group++)
        {
            using var column = reader.OpenRowGroup(group).Bytes(0);
            for (var i = 0; i < 4; i++)
            {
                Assert.Equal(2, column.Read(batch, 2));
                ids.Add(batch.DictionaryId);
            }
        }

        Assert.Equal(2, ids.Count);
        Assert.DoesNotContain(0, ids);
    }

    [Fact]
    public void Read_RowOrCodeOutOfRange_IsMisuse()
    {
        using var reader = Open([["a", "a", "a", "a", "a", "a", "a", "a"]]);
        using var column = reader.OpenRowGroup(0).Bytes(0);
        var batch = new BytesBatch();
        column.Read(batch, 3);

        Assert.Throws<ArgumentOutOfRangeException>(() => batch[3].Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.IsNull(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.DictionaryValue(1).Length);
    }

    [Fact]
    public void Read_DictionaryPagesThenPlainPages_GivesAllValuesInOneBatch()
    {
        // As writers do whose dictionary fills up: codes 0 1 0, then plain "c" and null, then codes again.
        var file = new ForgedFile { Rows = 6, Type = ParquetPhysicalType.ByteArray, IsText = true, IsOptional = true }
            .Dictionary([1, 0, 0, 0, (byte)'a', 1, 0, 0, 0, (byte)'b'], 2)
            .Data([2, 0, 0, 0, 6, 1, 1, 3, 0b010], 3, encoding: 8)
            .Data([2, 0, 0, 0, 3, 0b01, 1, 0, 0, 0, (byte)'c'], 2)
            .Data([2, 0, 0, 0, 2, 1, 1, 2, 1], 1, encoding: 8)
            .Build();
        foreach (var rows in new[] { 1, 2, 3, 4, 5, 6, 100 })
        {
            Assert.Equal([Cell.Of("a"), Cell.Of("b"), Cell.Of("a"), Cell.Of("c"), null, Cell.Of("b")],
                TestFile.Read(file, rows)[0].AsEnumerable());
        }

        using var reader = ParquetReader.Open(new MemoryStream(file));
        using var column = reader.OpenRowGroup(0).Bytes(0);
        var batch = new BytesBatch();
        column.Read(batch, 3);
        Assert.True(batch.HasDictionary);
        column.Read(batch, 3);
        Assert.False(batch.HasDictionary);
        Assert.Throws<InvalidOperationException>(() => batch.Codes.Length);
    }

    [Fact]
    public void Read_NumbersInDictionaryPagesThenPlainPages_GivesAllValues()
    {
        var file = new ForgedFile { Rows = 4, Type = ParquetPhysicalType.Int32 }
            .Dictionary([5, 0, 0, 0, 6, 0, 0, 0], 2)
            .Data([1, 4, 1], 2, encoding: 2)
            .Data([9, 0, 0, 0], 1)
            .Data([1, 2, 0], 1, encoding: 8)
            .Build();
        foreach (var rows in new[] { 1, 3, 100 }) Assert.Equal(["6", "6", "9", "5"], TestFile.Read(file, rows)[0].AsEnumerable());
    }

    [Fact]
    public void Read_EmptyPagesBetweenOthers_AreSkipped()
    {
        var file = new ForgedFile { Rows = 2 }
            .Data([], 0).Data([7, 0, 0, 0], 1).DataV2([], 0, nulls: 0, levelBytes: 0).Data([8, 0, 0, 0], 1).Data([], 0)
            .Page(1, [1, 2, 3], null, header => { header.BeginStruct(6); header.EndStruct(); })
            .Build();
        Assert.Equal(["7", "8"], TestFile.Read(file)[0].AsEnumerable());
    }

    private static ParquetReader Open(string?[][] groups)
    {
        var stream = new MemoryStream();
        using (var writer = ParquetWriter.Create(stream, [ParquetColumnSpec.Text("t", optional: true)], leaveOpen: true))
        {
            foreach (var values in groups) writer.StartRowGroup().WriteStrings(values);
            writer.Close();
        }

        return ParquetReader.Open(stream);
    }
}
