using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Pipelines.Cohorts.Reading;

namespace SiOutcomeLab.Pipelines.Tests.Cohorts.Reading;

public sealed class PersonIndexTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void FindOrAdd_ManyInAnyOrder_NumbersThemAsADictionaryDoes(int seed, bool areAlike)
    {
        var random = new Random(seed);
        var people = Enumerable.Range(0, 5000).Select(i => Pseudonym(random, areAlike, i)).ToArray();
        var (index, expected) = (new PersonIndex(4), new Dictionary<string, int>());
        for (var round = 0; round < 20_000; round++)
        {
            // Runs of the same person, of one after another, and leaps.
            var one = people[random.Next(3) == 0 ? random.Next(people.Length) : round / 3 % people.Length];
            var key = Convert.ToHexString(one);
            Assert.Equal(expected.GetValueOrDefault(key, -1), index.Find(one));
            expected.TryAdd(key, expected.Count);
            Assert.Equal(expected[key], index.FindOrAdd(one));
        }

        Assert.Equal(expected.Count, index.Count);
        Assert.All(expected, e => Assert.Equal(e.Key, index.At(e.Value).ToHex(), ignoreCase: true));
        var ranks = index.Ranks();
        PersonId[] sorted = [.. Enumerable.Range(0, index.Count).Select(index.At).Order()];
        Assert.All(Enumerable.Range(0, index.Count), p => Assert.Equal(sorted[ranks[p]], index.At(p)));
    }

    [Fact]
    public void Find_NotAPseudonym_SaysSo() => Assert.Throws<InvalidDataException>(() => new PersonIndex().Find(new byte[31]));

    // Alike: all but the last two bytes are the same, as no hash of the first eight could tell.
    private static byte[] Pseudonym(Random random, bool areAlike, int number)
    {
        var bytes = new byte[32];
        if (!areAlike) random.NextBytes(bytes);
        (bytes[30], bytes[31]) = ((byte)(number >> 8), (byte)number);
        return bytes;
    }
}
