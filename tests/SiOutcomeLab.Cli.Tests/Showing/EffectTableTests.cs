using SiOutcomeLab.Cli.Showing;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Tests.Samples;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Protos.Effects.V1;

namespace SiOutcomeLab.Cli.Tests.Showing;

public sealed class EffectTableTests
{
    [Theory]
    [InlineData(1, "visas inte", "ej skattbar", "skattad")]
    [InlineData(2, "withheld", "not", "estimated")]
    public void Write_AllKinds_SaysWhatIsFoundWithinAHundredColumns(int language, string withheld, string notEstimable, string estimated)
    {
        var text = Text((Language)language, SampleEffects.Estimated(), SampleEffects.NotEstimable(), SampleEffects.Withheld());
        Assert.Contains(withheld, text, StringComparison.Ordinal);
        Assert.Contains(notEstimable, text, StringComparison.Ordinal);
        Assert.Contains(estimated, text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), l => Assert.True(l.TrimEnd().Length <= 100, l));
    }

    [Fact]
    public void Write_LongestCodes_StayWithinAHundredColumns()
    {
        var effect = SampleEffects.Estimated();
        effect.Plan = new string('p', 40);
        effect.Organisation = "forsakringskassan";
        effect.Method = new string('m', 40);
        effect.Outcome.Measure = new string('u', 40);
        effect.Role = EstimateRole.Sensitivity;
        Assert.All(Text(Language.English, effect).Split('\n'), l => Assert.True(l.TrimEnd().Length <= 100, l));
    }

    [Fact]
    public void Write_Withheld_ShowsNoNumberOfIt()
    {
        var text = Text(Language.Swedish, SampleEffects.Withheld());
        Assert.DoesNotContain("1\u00A0234", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Sheet_Estimated_HasFlowBalanceNumbersSentencesAndLineage()
    {
        using var output = new StringWriter();
        EffectSheet.Write(new Terminal(output, TextWriter.Null, Language.Swedish), SampleEffects.Estimated());
        var text = output.ToString();
        foreach (var part in new[] { "utfallet observerat", "visas inte", "age_years@1", "−1\u00A0234 månader", "95 % intervall", "sv  Bättre.", "en  Better.", "runs/abcdef0123456789", "standard-1" })
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
        }

        Assert.All(text.Split('\n'), l => Assert.True(l.TrimEnd().Length <= 100, l));
    }

    [Fact]
    public void Sheet_NotEstimable_HasReasonAndRemedyAndNoNumbers()
    {
        using var output = new StringWriter();
        EffectSheet.Write(new Terminal(output, TextWriter.Null, Language.English), SampleEffects.NotEstimable());
        Assert.Contains("Not estimable: TOO_FEW_PARTICIPANTS", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("→ Wait.", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("standard error", output.ToString(), StringComparison.Ordinal);
    }

    private static string Text(Language language, params Effect[] effects)
    {
        using var output = new StringWriter();
        EffectTable.Write(new Terminal(output, TextWriter.Null, language), effects);
        return output.ToString();
    }
}
