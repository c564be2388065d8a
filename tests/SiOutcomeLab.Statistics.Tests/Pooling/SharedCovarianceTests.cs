using SiOutcomeLab.Statistics.Pooling;

namespace SiOutcomeLab.Statistics.Tests.Pooling;

public sealed class SharedCovarianceTests
{
    [Fact]
    public void FromInfluence_RepeatedAndSharedPersons_EqualsDenseProduct()
    {
        var random = new Random(1);
        const int Persons = 40, K = 6;
        var dense = new double[K, Persons];
        var influence = new (ReadOnlyMemory<long>, ReadOnlyMemory<double>)[K];
        for (var a = 0; a < K; a++)
        {
            var ids = Enumerable.Range(0, 30).Select(_ => (long)random.Next(Persons) - 5).ToArray();
            var values = ids.Select(_ => random.Next(4) == 0 ? 0 : Simulated.Normal(random)).ToArray();
            for (var i = 0; i < ids.Length; i++) dense[a, ids[i] + 5] += values[i];
            influence[a] = (ids, values);
        }

        var matrix = SharedCovariance.FromInfluence(influence);
        for (var a = 0; a < K; a++)
        {
            for (var b = 0; b < K; b++)
            {
                Assert.Equal(Enumerable.Range(0, Persons).Sum(i => dense[a, i] * dense[b, i]), matrix[(a * K) + b], 1e-12);
            }
        }
    }

    [Fact]
    public void FromInfluence_OtherRowOrder_GivesTheSameMatrix()
    {
        var one = SharedCovariance.FromInfluence(
            [(new long[] { 5, 1, 9, 7 }, new[] { 0.5, -1, 2, 0.25 }), (new long[] { 9, 1 }, new double[] { 3, 4 })]);
        var two = SharedCovariance.FromInfluence(
            [(new long[] { 7, 9, 1, 5 }, new[] { 0.25, 2, -1, 0.5 }), (new long[] { 1, 9 }, new double[] { 4, 3 })]);
        Assert.Equal(one, two);
        Assert.Equal([0.25 + 1 + 4 + 0.0625, 6 - 4, 6 - 4, 25], one);
    }

    [Fact]
    public void FromInfluence_BadInput_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => SharedCovariance.FromInfluence([(new long[] { 1 }, new double[] { 1, 2 })]));
        Assert.Throws<ArgumentException>(() => SharedCovariance.FromInfluence([(new long[] { 1 }, new[] { double.NaN })]));
    }

    [Fact]
    public void Fit_SharedComparisonPersons_CoversWhereIndependenceDoesNot()
    {
        // Eight programmes, 40 treated each, all compared with the same 60 persons.
        var random = new Random(3);
        int covered = 0, naive = 0;
        const int Rounds = 600;
        for (var round = 0; round < Rounds; round++)
        {
            var comparison = Enumerable.Range(0, 60).Select(_ => Simulated.Normal(random)).ToArray();
            var mean = comparison.Average();
            var influence = new (ReadOnlyMemory<long>, ReadOnlyMemory<double>)[8];
            var (y, v) = (new double[8], new double[8]);
            for (var a = 0; a < 8; a++)
            {
                var treated = Enumerable.Range(0, 40).Select(_ => 0.3 + Simulated.Normal(random)).ToArray();
                y[a] = treated.Average() - mean;
                var first = 1000L + (100 * a);
                long[] ids = [.. Enumerable.Range(0, 60).Select(i => (long)i), .. Enumerable.Range(0, 40).Select(i => first + i)];
                double[] values = [.. comparison.Select(c => -(c - mean) / 60), .. treated.Select(t => (t - treated.Average()) / 40)];
                influence[a] = (ids, values);
                v[a] = values.Sum(x => x * x);
            }

            var options = new PoolingOptions { Test = PoolingTest.Normal };
            var effect = RandomEffects.Fit(EstimateSet.Correlated(y, SharedCovariance.FromInfluence(influence)), options).Value().Effect;
            var plain = RandomEffects.Fit(EstimateSet.Independent(y, v), options).Value().Effect;
            if (effect.ConfidenceLow <= 0.3 && effect.ConfidenceHigh >= 0.3) covered++;
            if (plain.ConfidenceLow <= 0.3 && plain.ConfidenceHigh >= 0.3) naive++;
        }

        // 0.9 % is one simulation error; the normal test is a little narrow.
        Assert.InRange(covered / (double)Rounds, 0.92, 0.975);
        Assert.True(naive / (double)Rounds < 0.80);
    }
}
