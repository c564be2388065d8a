using SiOutcomeLab.Parquet.Tests.Files;

namespace SiOutcomeLab.Parquet.Tests.Writing;

public sealed class RoundTripTests
{
    public static TheoryData<ParquetCodec, int, bool> Variants { get; } = new(
        from codec in Enum.GetValues<ParquetCodec>().Where(ParquetWriter.CanWrite)
        from version in new[] { 1, 2 }
        from optional in new[] { false, true }
        select (codec, version, optional));

    [Theory]
    [MemberData(nameof(Variants))]
    public void Write_AnyCodecVersionAndType_ReadsBackEqual(ParquetCodec codec, int version, bool optional)
    {
        var columns = SampleColumns.All(3001, optional, seed: 17);
        foreach (var dictionary in new[] { true, false })
        {
            var options = new ParquetWriterOptions { Codec = codec, PageVersion = version, UseDictionary = dictionary, PageBytes = 700 };
            var file = TestFile.Write(columns, options, rowGroupRows: 1000);
            Assert.Equal(TestFile.Expected(columns), TestFile.Read(file));
        }
    }
}
