using System.Text;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Domain.Tests.Identity;

public sealed class PersonIdTests
{
    private const string Hex = "0123456789abcdef0123456789abcdeffedcba9876543210fedcba9876543210";

    [Fact]
    public void TryParse_64LowerCaseDigits_GivesTheTextBack()
    {
        Assert.True(PersonId.TryParse(Encoding.ASCII.GetBytes(Hex), out var person));
        Assert.Equal(Hex, person.ToHex());
    }

    [Fact]
    public void TryParse_LeadingZeros_KeepsThem()
    {
        var text = new string('0', 31) + "1" + new string('0', 31) + "2";

        Assert.True(PersonId.TryParse(Encoding.ASCII.GetBytes(text), out var person));
        Assert.Equal(text, person.ToHex());
        Assert.Equal(new PersonId(1, 2), person);
    }

    [Fact]
    public void TryParse_OneOtherByteAnywhere_IsRefused()
    {
        var bytes = Encoding.ASCII.GetBytes(Hex);
        for (var at = 0; at < bytes.Length; at++)
        {
            for (var value = 0; value < 256; value++)
            {
                var isDigit = value is (>= '0' and <= '9') or (>= 'a' and <= 'f');
                var changed = (byte[])bytes.Clone();
                changed[at] = (byte)value;
                Assert.Equal(isDigit, PersonId.TryParse(changed, out _));
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    [InlineData(63)]
    [InlineData(65)]
    [InlineData(128)]
    public void TryParse_AnotherLength_IsRefused(int length) =>
        Assert.False(PersonId.TryParse(Encoding.ASCII.GetBytes(new string('a', length)), out _));

    [Fact]
    public void CompareTo_RandomPairs_OrdersAsTheTextDoes()
    {
        var random = new Random(11);
        var persons = Enumerable.Range(0, 300).Select(i => Make(random, sharesHigh: i % 3 == 0)).ToArray();
        foreach (var a in persons)
        {
            foreach (var b in persons)
            {
                var byText = Math.Sign(string.CompareOrdinal(a.ToHex(), b.ToHex()));
                Assert.Equal(byText, Math.Sign(a.CompareTo(b)));
                Assert.Equal(byText < 0, a < b);
                Assert.Equal(byText > 0, a > b);
                Assert.Equal(byText <= 0, a <= b);
                Assert.Equal(byText >= 0, a >= b);
            }
        }
    }

    [Fact]
    public void ToString_AnyPerson_ShowsNothingOfIt()
    {
        Assert.True(PersonId.TryParse(Encoding.ASCII.GetBytes(Hex), out var person));

        Assert.Equal("(person)", person.ToString());
        Assert.Equal("(person)", $"{person}");
        Assert.Equal("(person)", $"{(object)person}");
    }

    private static PersonId Make(Random random, bool sharesHigh)
    {
        var high = sharesHigh ? UInt128.MaxValue >> 3 : new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64());
        return new PersonId(high, new UInt128((ulong)random.NextInt64() << random.Next(2), (ulong)random.NextInt64()));
    }
}
