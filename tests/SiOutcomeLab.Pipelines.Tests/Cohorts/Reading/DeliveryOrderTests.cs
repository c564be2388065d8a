using SiOutcomeLab.Parquet;
using SiOutcomeLab.Pipelines.Cohorts.Reading;

namespace SiOutcomeLab.Pipelines.Tests.Cohorts.Reading;

public sealed class DeliveryOrderTests
{
    [Theory]
    [InlineData(1, 0.0, 1)]
    [InlineData(2, 0.01, 1)]
    [InlineData(3, 0.01, 4)]
    [InlineData(4, 0.2, 1)]
    [InlineData(5, 1.0, 1)]
    [InlineData(6, 1.0, 4)]
    public void Find_FilesMoreOrLessAlike_IsWhatEachOneLooksUpAlone(int seed, double share, int rowsEach)
    {
        var random = new Random(seed);
        byte[][] people = [.. Enumerable.Range(0, 3000).Select(_ => Pseudonym(random))];
        var index = new PersonIndex();
        foreach (var one in people.Take(2500)) index.FindOrAdd(one);
        var order = new DeliveryOrder(index);
        var file = people.ToList();
        for (var round = 0; round < 6; round++)
        {
            order.Begin();
            // A file of several row groups.
            foreach (var group in file.Chunk(1100))
            {
                var found = new int[group.Length];
                using var rows = new ReadRows(group, rowsEach);
                order.Find(rows.Batch, found);
                Assert.Equal(group.Select(p => index.Find(p)), found);
                // Whoever was not known may have been added by the file's own rows.
                for (var i = 0; i < found.Length; i++) found[i] = found[i] < 0 && round == 2 ? index.FindOrAdd(group[i]) : found[i];
                order.Keep(found);
            }

            Disturb(file, random, share);
        }
    }

    // Some leave, some come, some change places; with a share of one, everything is another order.
    private static void Disturb(List<byte[]> file, Random random, double share)
    {
        for (var i = 0; i < file.Count * share; i++)
        {
            file.RemoveAt(random.Next(file.Count));
            file.Insert(random.Next(file.Count), Pseudonym(random));
            var (a, b) = (random.Next(file.Count), random.Next(file.Count));
            (file[a], file[b]) = (file[b], file[a]);
        }
    }

    private static byte[] Pseudonym(Random random)
    {
        var bytes = new byte[32];
        random.NextBytes(bytes);
        return bytes;
    }

    private sealed class ReadRows : IDisposable
    {
        private readonly ParquetReader _reader;
        private readonly BytesColumnReader _column;

        public ReadRows(byte[][] pseudonyms, int rowsEach)
        {
            var bytes = new MemoryStream();
            ParquetColumnSpec[] specs = [new("person_id", ParquetPhysicalType.FixedLenByteArray, ParquetLogicalType.None, IsOptional: false, TypeLength: 32)];
            using (var writer = ParquetWriter.Create(bytes, specs, new ParquetWriterOptions(), leaveOpen: true))
            {
                int[] bounds = [.. Enumerable.Range(0, pseudonyms.Length + 1).Select(i => i * 32)];
                writer.StartRowGroup().WriteDistinct([.. Enumerable.Range(0, pseudonyms.Length * rowsEach).Select(i => i / rowsEach)], pseudonyms.SelectMany(p => p).ToArray(), bounds);
                writer.Close();
            }

            bytes.Position = 0;
            _reader = ParquetReader.Open(bytes, leaveOpen: false);
            _column = _reader.OpenRowGroup(0).Bytes(0);
            _column.Read(Batch, pseudonyms.Length * rowsEach);
            // One row each is written without a dictionary.
            Assert.Equal(rowsEach == 1 ? 0 : pseudonyms.Length, Batch.DictionaryCount);
        }

        public BytesBatch Batch { get; } = new();

        public void Dispose()
        {
            _column.Dispose();
            _reader.Dispose();
        }
    }
}
