using SiOutcomeLab.Rpc.Protocol;

namespace SiOutcomeLab.Rpc.Tests.Protocol;

public sealed class PercentEncodingTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain text ~!", "plain text ~!")]
    [InlineData("100%", "100%25")]
    [InlineData("a\tb\r\n", "a%09b%0D%0A")]
    [InlineData("å", "%C3%A5")]
    [InlineData("☺", "%E2%98%BA")]
    [InlineData("😈", "%F0%9F%98%88")]
    [InlineData("\u007f", "%7F")]
    public void Encode_Text_GivesPrintableAscii(string text, string expected)
    {
        Assert.Equal(expected, PercentEncoding.Encode(text));
        Assert.Equal(text, PercentEncoding.Decode(expected));
    }

    [Theory]
    [InlineData("%", "%")]
    [InlineData("%4", "%4")]
    [InlineData("%zz", "%zz")]
    [InlineData("%4z%41", "%4zA")]
    [InlineData("%%41", "%A")]
    [InlineData("%c3%a5", "å")]
    [InlineData("%FF", "\uFFFD")]
    [InlineData("%C3", "\uFFFD")]
    [InlineData("\u00C3\u00A5", "å")]
    [InlineData("☺%41", "☺A")]
    public void Decode_Malformed_NeverThrows(string value, string expected) => Assert.Equal(expected, PercentEncoding.Decode(value));

    [Fact]
    public void Decode_RandomInput_NeverThrowsAndEncodeRoundTrips()
    {
        var random = new Random(11);
        var alphabet = "%%%09aAfFgG \t\u00e5☺\ud83d\ude08\ud83d";
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            Assert.NotNull(PercentEncoding.Decode(text));
            var encoded = PercentEncoding.Encode(text);
            Assert.All(encoded, c => Assert.InRange(c, ' ', '~'));
            var wellFormed = System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
            Assert.Equal(wellFormed, PercentEncoding.Decode(encoded));
        }
    }
}
