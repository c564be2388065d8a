using SiOutcomeLab.Parquet.Tests.Files;

namespace SiOutcomeLab.Parquet.Tests.Reading;

public sealed class FileInMemoryTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Open_PartOfAnArray_IsWhatAStreamGives(int seed)
    {
        var columns = SampleColumns.All(400, optional: true, seed: seed);
        var file = TestFile.Write(columns, new ParquetWriterOptions(), rowGroupRows: 90);
        byte[] within = [1, 2, 3, .. file, 4, 5];
        using var reader = ParquetReader.Open(within.AsMemory(3, file.Length));

        Assert.Equal(TestFile.Expected(columns), TestFile.Read(reader, 37));
    }

    [Fact]
    public void Open_CutOffAnywhere_IsTheErrorThatAStreamGives()
    {
        var file = TestFile.Write(SampleColumns.All(30, optional: true, seed: 3), new ParquetWriterOptions(), rowGroupRows: 10);
        for (var length = 0; length < file.Length; length++)
        {
            var cut = file[..length];
            var byStream = Assert.Throws<ParquetFormatException>(() => ParquetReader.Open(new MemoryStream(cut)));
            var inMemory = Assert.Throws<ParquetFormatException>(() => ParquetReader.Open(cut));
            Assert.Equal((byStream.Code, byStream.Message), (inMemory.Code, inMemory.Message));
        }
    }

    [Fact]
    public void Read_BytesAnywhereChanged_IsTheErrorOrTheValuesThatAStreamGives()
    {
        var random = new Random(11);
        var file = TestFile.Write(SampleColumns.All(60, optional: true, seed: 5), new ParquetWriterOptions(), rowGroupRows: 25);
        for (var round = 0; round < 1500; round++)
        {
            var changed = file.ToArray();
            for (var i = 0; i <= round % 3; i++) changed[random.Next(changed.Length)] = (byte)random.Next(256);
            Assert.Equal(Tell(() => ParquetReader.Open(new MemoryStream(changed))), Tell(() => ParquetReader.Open(changed)));
        }
    }

    private static string Tell(Func<ParquetReader> open)
    {
        try
        {
            using var reader = open();
            return string.Join('|', TestFile.Read(reader, 1024).Select(c => string.Join(',', c)));
        }
        catch (ParquetFormatException error)
        {
            return $"{error.Code} {error.Message}";
        }
    }
}
