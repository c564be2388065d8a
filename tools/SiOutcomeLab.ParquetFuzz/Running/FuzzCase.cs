using SiOutcomeLab.ParquetFuzz.Mutating;

namespace SiOutcomeLab.ParquetFuzz.Running;

/// <summary>One changed file. The same corpus, seed and number make the same case again.</summary>
internal sealed record FuzzCase(long Number, Sound Sound, Mutation Mutation, byte[] File)
{
    /// <summary>Makes a case.</summary>
    public static FuzzCase Make(IReadOnlyList<Sound> corpus, int seed, long number)
    {
        var random = new Random(HashCode(seed, number));
        var mutation = Mutations.All[(int)(number % Mutations.All.Count)];
        var sound = corpus[random.Next(corpus.Count)];
        return new FuzzCase(number, sound, mutation, mutation.Apply(sound.File, corpus[random.Next(corpus.Count)].File, random));
    }

    /// <summary>What names it in a report.</summary>
    public string Name => $"case {Number}: {Mutation.Name} of {Sound.Name}";

    private static int HashCode(int seed, long number) =>
        (int)((((ulong)(uint)seed << 32) ^ (ulong)number) * 0xD1342543DE82EF95 >> 33);
}
