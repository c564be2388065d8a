using SiOutcomeLab.Pipelines.Cohorts.Reading;

namespace SiOutcomeLab.Pipelines.Tests.Cohorts.Reading;

public sealed class DeliveryOrderTests
{
    [Theory]
    [InlineData(1, 0.0, true)]
    [InlineData(2, 0.01, true)]
    [InlineData(3, 0.05, true)]
    [InlineData(4, 0.2, true)]
    [InlineData(5, 1.0, true)]
    [InlineData(6, 0.08, false)]
    public void Find_FilesMoreOrLessAlike_IsWhatEachOneLooksUpAlone(int seed, double share, bool changesPlaces)
    {
        var random = new Random(seed);
        byte[][] people = [.. Enumerable.Range(0, 3000).Select(_ => Pseudonym(random))];
        var index = new PersonIndex();
        foreach (var one in people.Take(2500)) index.FindOrAdd(one);
        // Known from elsewhere, and told of by this organisation later on.
        var elsewhere = new Queue<byte[]>(Enumerable.Range(0, 20_000).Select(_ => Pseudonym(random)));
        foreach (var one in elsewhere) index.FindOrAdd(one);
        var order = new DeliveryOrder(index);
        var file = people.ToList();
        for (var round = 0; round < 6; round++)
        {
            order.Begin();
            // A file of several row groups.
            foreach (var group in file.Chunk(1100))
            {
                var found = new int[group.Length];
                order.Find(PersonIndex.Keys(group.SelectMany(p => p).ToArray()), found);
                Assert.Equal(group.Select(p => index.Find(p)), found);
                // Whoever was not known may have been added by the file's own rows.
                for (var i = 0; i < found.Length; i++) found[i] = found[i] < 0 && round == 2 ? index.FindOrAdd(group[i]) : found[i];
                order.Keep(found);
            }

            Disturb(file, random, share, changesPlaces, elsewhere);
        }
    }

    // Some leave, some come, some change places; with a share of one, everything is another order.
    private static void Disturb(List<byte[]> file, Random random, double share, bool changesPlaces, Queue<byte[]> elsewhere)
    {
        for (var i = 0; i < file.Count * share; i++)
        {
            file.RemoveAt(random.Next(file.Count));
            file.Insert(random.Next(file.Count), i % 3 == 0 ? Pseudonym(random) : elsewhere.Dequeue());
            if (!changesPlaces) continue;
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
}
