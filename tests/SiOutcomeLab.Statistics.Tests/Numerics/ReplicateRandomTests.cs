using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Statistics.Tests.Numerics;

public sealed class ReplicateRandomTests
{
    // From the same definition written in Python's integers: results that are kept somewhere rest on these numbers never changing.
    [Fact]
    public void Next_SeedAndReplicate_AreTheNumbersOfTheGeneratorsDefinition()
    {
        var random = new ReplicateRandom(20261122, 7);
        Assert.Equal([0.2619968506128719, 0.6540460038777309, 0.15315002843160852], [random.NextDouble(), random.NextDouble(), random.NextDouble()]);
        var resampling = ReplicateRandom.Resampling(11, -5);
        uint[] bits = [resampling.Bits(), resampling.Bits(), resampling.Bits(), resampling.Bits()];
        Assert.Equal([810197686u, 3814397421u, 1891949331u, 1415206275u], bits);
        Assert.Equal(8383860595519888922UL, ReplicateRandom.SeedFor(20261122, "n = 30"));
        Assert.NotEqual(ReplicateRandom.SeedFor(1, "ab"), ReplicateRandom.SeedFor(1, "ba"));
    }

    [Fact]
    public void NextNormal_ManyReplicates_AreNormalAndUnlike()
    {
        const int draws = 200_000;
        double sum = 0, squares = 0, fourth = 0, product = 0;
        for (var b = 0UL; b < draws; b++)
        {
            var x = new ReplicateRandom(1, b).NextNormal();
            var y = new ReplicateRandom(1, b + 1).NextNormal();
            (sum, squares, fourth, product) = (sum + x, squares + (x * x), fourth + (x * x * x * x), product + (x * y));
        }

        // Four simulation errors: 1/√n for the mean and lag, √2/√n and √96/√n for the moments.
        Assert.InRange(sum / draws, -0.009, 0.009);
        Assert.InRange(squares / draws, 0.987, 1.013);
        Assert.InRange(fourth / draws, 2.91, 3.09);
        Assert.InRange(product / draws, -0.009, 0.009);
        Assert.Equal(50, Enumerable.Range(0, 50).Select(seed => new ReplicateRandom((ulong)seed, 9).NextDouble()).Distinct().Count());
    }

    [Fact]
    public void Below_ManyDraws_IsUniformAndOfItsReplicateOnly()
    {
        var counts = new int[7];
        for (var replicate = 0; replicate < 7000; replicate++)
        {
            var random = ReplicateRandom.Resampling(11, replicate);
            for (var draw = 0; draw < 10; draw++) counts[random.Below(7)]++;
        }

        // χ² with 6 degrees of freedom stays under 22.5 in 999 of 1000 cases.
        Assert.InRange(counts.Sum(count => Math.Pow(count - 10_000, 2) / 10_000), 0, 22.5);
        var (one, again) = (ReplicateRandom.Resampling(11, 5), ReplicateRandom.Resampling(11, 5));
        for (var draw = 0; draw < 5; draw++) Assert.Equal(one.Below(1_000_000), again.Below(1_000_000));
    }
}
