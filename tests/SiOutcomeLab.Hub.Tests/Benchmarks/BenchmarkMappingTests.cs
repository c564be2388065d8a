using SiOutcomeLab.Domain.Benchmarks;
using Released = SiOutcomeLab.Disclosure.Benchmarks.BenchmarkStatus;
using Time = SiOutcomeLab.Domain.Time;
using Wire = SiOutcomeLab.Protos.Benchmarks.V1;

namespace SiOutcomeLab.Hub.Tests.Benchmarks;

public sealed class BenchmarkMappingTests
{
    // The mapping carries these over by their number.
    [Fact]
    public void Enums_OfTheContract_HaveTheNumbersOfTheLab()
    {
        Assert.Equal(Pairs<Released>(), Pairs<Wire.BenchmarkStatus>());
        Assert.Equal(Pairs<BenchmarkModel>(), Pairs<Wire.BenchmarkModel>());
        Assert.Equal(Pairs<Time.PeriodLength>(), Pairs<Wire.PeriodLength>());
        Assert.Equal(Pairs<Storage.Catalogue.DataStanding>(), Pairs<Protos.Effects.V1.DataStanding>());
    }

    private static IEnumerable<(string, int)> Pairs<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(v => (v.ToString(), (int)(object)v)).Where(p => p.Item2 != 0);
}
