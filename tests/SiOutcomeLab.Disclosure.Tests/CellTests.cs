using System.Text.Json;
using SiOutcomeLab.Domain;

namespace SiOutcomeLab.Disclosure.Tests;

public sealed class CellTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(-1.5, "-1.5")]
    [InlineData(double.PositiveInfinity, "\"Infinity\"")]
    [InlineData(double.NegativeInfinity, "\"-Infinity\"")]
    [InlineData(double.NaN, "\"NaN\"")]
    public void Serialize_ShownCell_ComesBack(double value, string text)
    {
        Assert.Equal(text, JsonSerializer.Serialize(Cell.Shown(value), DomainJson.Options));
        var back = JsonSerializer.Deserialize<Cell>(text, DomainJson.Options);
        Assert.True(back.TryGet(out var number));
        Assert.Equal(value, number);
    }

    [Fact]
    public void Serialize_EveryReason_ComesBackWithoutANumber()
    {
        foreach (var reason in Enum.GetValues<SuppressionReason>())
        {
            var text = JsonSerializer.Serialize(Cell.Suppressed(reason), DomainJson.Options);
            Assert.Equal($$"""{"suppressed":"{{reason}}"}""", text);
            var back = JsonSerializer.Deserialize<Cell>(text, DomainJson.Options);
            Assert.Equal(reason, back.Suppression);
            Assert.False(back.TryGet(out var value));
            Assert.True(double.IsNaN(value));
        }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("\"12\"")]
    [InlineData("\"\"")]
    [InlineData("""{"suppressed":null}""")]
    [InlineData("""{"suppressed":"Whim"}""")]
    [InlineData("""{"suppressed":"9"}""")]
    [InlineData("""{"shown":"FewPersons"}""")]
    [InlineData("""{"suppressed":"FewPersons","value":3}""")]
    public void Deserialize_NoCell_IsRefused(string text) =>
        Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<Cell>(text, DomainJson.Options));

    // A release read from before a cell was thought of must not read as a zero that may be shown.
    [Fact]
    public void Default_CellNobodyFilled_IsWithheld()
    {
        Assert.False(default(Cell).IsShown);
        Assert.False(default(Cell).TryGet(out _));
        Assert.NotNull(default(Cell).Suppression);
    }

    [Fact]
    public void ToString_WithheldCell_HasNoDigit() =>
        Assert.DoesNotContain(Cell.Suppressed(SuppressionReason.Secondary).ToString(), char.IsAsciiDigit);
}
