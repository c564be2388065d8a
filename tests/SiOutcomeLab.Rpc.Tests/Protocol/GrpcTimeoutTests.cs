using SiOutcomeLab.Rpc.Protocol;

namespace SiOutcomeLab.Rpc.Tests.Protocol;

public sealed class GrpcTimeoutTests
{
    [Theory]
    [InlineData("0n", 0)]
    [InlineData("1n", 1)]
    [InlineData("100n", 1)]
    [InlineData("101n", 2)]
    [InlineData("1u", 10)]
    [InlineData("1m", 10_000)]
    [InlineData("1S", 10_000_000)]
    [InlineData("1M", 600_000_000)]
    [InlineData("1H", 36_000_000_000)]
    [InlineData("00000001S", 10_000_000)]
    [InlineData("99999999S", 999_999_990_000_000)]
    [InlineData("99999999H", 999_999_990_000_000)]
    [InlineData("99999999M", 999_999_990_000_000)]
    public void TryParse_WellFormed_GivesTicks(string value, long ticks)
    {
        Assert.True(GrpcTimeout.TryParse(value, out var timeout));
        Assert.Equal(ticks, timeout.Ticks);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("S")]
    [InlineData("1x")]
    [InlineData("1s")]
    [InlineData("-1S")]
    [InlineData("+1S")]
    [InlineData(" 1S")]
    [InlineData("1 S")]
    [InlineData("1.5S")]
    [InlineData("0x1S")]
    [InlineData("123456789S")]
    [InlineData("１S")]
    [InlineData("1S,2S")]
    public void TryParse_Malformed_IsRefused(string value) => Assert.False(GrpcTimeout.TryParse(value, out _));

    [Theory]
    [InlineData(-5, "1n")]
    [InlineData(0, "1n")]
    [InlineData(1, "100n")]
    [InlineData(999_999, "99999900n")]
    [InlineData(1_000_000, "100000u")]
    [InlineData(999_999_990, "99999999u")]
    [InlineData(999_999_991, "100000m")]
    [InlineData(10_000_000_000_000, "1000000S")]
    [InlineData(long.MaxValue, "99999999S")]
    public void Format_Ticks_TakesTheFinestUnitThatFits(long ticks, string expected) => Assert.Equal(expected, GrpcTimeout.Format(TimeSpan.FromTicks(ticks)));

    [Fact]
    public void Format_AnyTimeout_ParsesBackNoShorter()
    {
        var random = new Random(7);
        for (var i = 0; i < 10_000; i++)
        {
            var ticks = 1 + (random.NextInt64(GrpcTimeout.Longest.Ticks) >> random.Next(50));
            var text = GrpcTimeout.Format(TimeSpan.FromTicks(ticks));
            Assert.True(GrpcTimeout.TryParse(text, out var back), text);
            Assert.InRange(back.Ticks, ticks, ticks + Math.Max(1, ticks / 10_000));
            Assert.InRange(text.Length, 2, 9);
        }
    }
}
