using FsCheck;
using FsCheck.Fluent;
using SiOutcomeLab.Parquet.Encodings;

namespace SiOutcomeLab.Parquet.Tests.Encodings;

public sealed class NullSpacingTests
{
    [Fact]
    public void Spread_AnyPresence_EqualsTheSlowWay() => Check.One(
        Config.QuickThrowOnFailure.WithReplay(1, 1).WithMaxTest(500).WithEndSize(300),
        Prop.ForAll<bool[]>(Holds));

    [Fact]
    public void Spread_LongRuns_EqualsTheSlowWay()
    {
        var random = new Random(9);
        for (var round = 0; round < 300; round++)
        {
            var present = new bool[random.Next(300)];
            for (var i = 0; i < present.Length;)
            {
                var value = random.Next(4) != 0;
                for (var left = random.Next(1, 60); left > 0 && i < present.Length; left--) present[i++] = value;
            }

            Assert.True(Holds(present));
        }
    }

    private static bool Holds(bool[] present) =>
        Same(present, i => (byte)(i + 1)) && Same(present, i => i + 1) && Same(present, i => i + 1L) && Same(present, i => i + 0.5)
            && Same(present, _ => true);

    private static bool Same<T>(bool[] present, Func<int, T> value)
        where T : unmanaged
    {
        var count = present.Count(has => has);
        var values = new T[present.Length];
        for (var i = 0; i < count; i++) values[i] = value(i);
        var next = 0;
        var expected = present.Select(has => has ? value(next++) : default).ToArray();

        NullSpacing.Spread(values, present, count, default);

        return values.AsSpan().SequenceEqual(expected);
    }
}
