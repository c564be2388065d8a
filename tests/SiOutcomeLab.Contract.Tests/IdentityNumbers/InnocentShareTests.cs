using System.Text;

namespace SiOutcomeLab.Contract.Tests.IdentityNumberTests;

/// <summary>How many innocent values would be taken for identity numbers, measured with a fixed seed.</summary>
public sealed class InnocentShareTests
{
    private const int Many = 400_000;

    [Fact]
    public void Find_RandomTenDigits_ValidInAboutSevenOfAThousand_AndTheColumnPasses()
    {
        var random = new Random(1);
        var valid = 0;
        var tally = new BareNumberTally();
        for (var i = 0; i < Many; i++)
        {
            var text = Digits(random, 10);
            if (IdentityNumbers.IsValid(text, null)) valid++;
            Assert.False(IdentityNumberScanner.Find(text, tally));
        }

        // 2 × 365.25/10 000 × 0.999 × 0.1 = 0.73 %.
        Assert.InRange((double)valid / Many, 0.0068, 0.0078);
        Assert.False(tally.Refuses);
    }

    [Fact]
    public void Find_RandomTwelveDigits_HitsTwoInTenThousand()
    {
        var random = new Random(2);
        var hits = 0;
        for (var i = 0; i < Many; i++)
        {
            if (IdentityNumberScanner.Find(Digits(random, 12), null)) hits++;
        }

        // Three centuries of a hundred times 0.73 %: 0.022 %.
        Assert.InRange((double)hits / Many, 0.00012, 0.00032);
    }

    [Fact]
    public void Find_RandomHexAndUuids_NeverHit()
    {
        var random = new Random(3);
        var bytes = new byte[32];
        for (var i = 0; i < Many / 4; i++)
        {
            random.NextBytes(bytes);
            Assert.False(IdentityNumberScanner.Find(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes)), null));
            Assert.False(IdentityNumberScanner.Find(Encoding.ASCII.GetBytes(new Guid(bytes.AsSpan(0, 16)).ToString()), null));
        }
    }

    [Fact]
    public void Tally_ColumnsOfRandomNumbers_AreRefusedNoMoreOftenThanPromised()
    {
        var random = new Random(4);
        var refused = 0;
        for (var column = 0; column < 2_000; column++)
        {
            var tally = new BareNumberTally();
            for (var i = 0; i < 200; i++) tally.Add(Digits(random, 10));
            if (tally.Refuses) refused++;
        }

        Assert.Equal(0, refused);
    }

    [Theory]
    [InlineData(2, 2, false)] // two of two: 5e-5
    [InlineData(3, 3, true)] // three of three: 4e-7
    [InlineData(6, 100, false)]
    [InlineData(8, 100, true)]
    [InlineData(100, 10_000, false)]
    [InlineData(130, 10_000, true)]
    public void Tally_JudgesByTheBinomialTail(int valid, int all, bool refuses)
    {
        Assert.Equal(refuses, BareNumberTally.UpperTail(all, valid, 0.0073) < 1e-6);
    }

    [Fact]
    public void UpperTail_SmallCases_AreExact()
    {
        Assert.Equal(0.0073 * 0.0073 * 0.0073, BareNumberTally.UpperTail(3, 3, 0.0073), 1e-18);
        // 1 − 0.9⁴ − 4 × 0.1 × 0.9³.
        Assert.Equal(0.0523, BareNumberTally.UpperTail(4, 2, 0.1), 1e-12);
        Assert.Equal(1, BareNumberTally.UpperTail(10, 0, 0.3));
    }

    [Fact]
    public void Tally_OneValidNumberRepeated_CountsOnce()
    {
        var tally = new BareNumberTally();
        for (var i = 0; i < 1000; i++) tally.Add("6408233234"u8);

        Assert.Equal(1, tally.Valid);
        Assert.False(tally.Refuses);
    }

    private static byte[] Digits(Random random, int count)
    {
        var digits = new byte[count];
        for (var i = 0; i < count; i++) digits[i] = (byte)('0' + random.Next(10));
        return digits;
    }
}
