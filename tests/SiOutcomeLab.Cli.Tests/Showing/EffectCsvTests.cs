using SiOutcomeLab.Cli.Showing;
using SiOutcomeLab.Cli.Tests.Samples;
using SiOutcomeLab.Protos.Effects.V1;

namespace SiOutcomeLab.Cli.Tests.Showing;

public sealed class EffectCsvTests
{
    [Fact]
    public void Line_OfEveryKind_HasAFieldForEachColumn()
    {
        foreach (var effect in new[] { SampleEffects.Estimated(), SampleEffects.NotEstimable(), SampleEffects.Withheld(), new Effect() })
        {
            effect.SentenceSv = "a";
            effect.SentenceEn = "b";
            Assert.Equal(EffectCsv.Header.Split(',').Length, EffectCsv.Line(effect).Split(',').Length);
        }
    }

    [Fact]
    public void Line_Withheld_LeavesTheNumberEmpty()
    {
        var effect = SampleEffects.Estimated();
        effect.Estimate.Point = new Cell { Suppressed = Suppression.FewPersons };

        Assert.Equal(string.Empty, Field(effect, "point"));
        Assert.NotEqual(string.Empty, Field(effect, "ci_low"));
    }

    [Fact]
    public void Line_Tombstone_TellsWhyAndNoNumber()
    {
        var effect = new Effect { Name = "effects/1", Tombstone = new Tombstone { Reason = TombstoneReason.Withdrawn } };

        Assert.Equal("withdrawn", Field(effect, "status"));
        Assert.Equal(string.Empty, Field(effect, "standing"));
    }

    [Fact]
    public void Line_TextWithCommasAndQuotes_IsQuoted() =>
        Assert.Contains(",\"a, \"\"b\"\"\",", EffectCsv.Line(new Effect { Label = "a, \"b\"" }), StringComparison.Ordinal);

    private static string Field(Effect effect, string column)
    {
        effect.SentenceSv = effect.SentenceEn = string.Empty;
        return EffectCsv.Line(effect).Split(',')[Array.IndexOf(EffectCsv.Header.Split(','), column)];
    }
}
