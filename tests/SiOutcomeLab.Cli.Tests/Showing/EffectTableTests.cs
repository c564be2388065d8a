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
    public void Write_EachEffect_HasItsNameWholeUnderIt()
    {
        var lines = Text(Language.Swedish, SampleEffects.Estimated("9913"), SampleEffects.Estimated("9914")).Split('\n').Select(l => l.Trim()).ToList();

        Assert.InRange(lines.IndexOf("effects/9913-ips-v1-abcdef01-1"), 3, lines.IndexOf("effects/9914-ips-v1-abcdef01-1") - 2);
    }

    [Fact]
    public void Write_LongestCodes_StayWithinAHundredColumns()
    {
        var effect = SampleEffects.Estimated();
        effect.Plan = new string('p', 40);
        effect.Name = $"effects/{effect.Plan}-v12-abcdef01-12";
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

    [Theory]
    [InlineData(1, "preliminär,", "titt 1 av 2", "upprepat intervall")]
    [InlineData(2, "preliminary,", "look 1 of 2", "repeated interval")]
    public void Write_AnInterimLook_SaysThatItIsPreliminaryAndWhatItsIntervalIs(int language, string preliminary, string look, string interval)
    {
        var effect = Interim();
        var text = Text((Language)language, effect);
        using var sheet = new StringWriter();
        EffectSheet.Write(new Terminal(sheet, TextWriter.Null, (Language)language), effect);

        foreach (var part in new[] { preliminary, look, interval })
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
            Assert.Contains(part, sheet.ToString(), StringComparison.Ordinal);
        }

        Assert.All(text.Split('\n').Concat(sheet.ToString().Split('\n')), l => Assert.True(l.TrimEnd().Length <= 100, l));
    }

    [Fact]
    public void Write_TheLastOrOnlyLook_IsNotPreliminary()
    {
        var (last, only, beside) = (Interim(), Interim(), Interim());
        last.Look = new Look { Number = 2, IsFinal = true, Looks = 2, InformationFraction = 1, NominalLevel = 0.96 };
        only.Look = new Look { Number = 1, IsFinal = true, Looks = 1, InformationFraction = 1, NominalLevel = 0.95 };
        beside.Role = EstimateRole.Sensitivity;

        Assert.Contains("final,", Text(Language.English, last), StringComparison.Ordinal);
        Assert.Contains("repeated", Text(Language.English, last), StringComparison.Ordinal);
        Assert.DoesNotContain("look", Text(Language.English, only), StringComparison.Ordinal);
        Assert.DoesNotContain("repeated", Text(Language.English, only), StringComparison.Ordinal);
        Assert.Contains("preliminary,", Text(Language.English, beside), StringComparison.Ordinal);
        Assert.DoesNotContain("repeated", Text(Language.English, beside), StringComparison.Ordinal);
        Assert.DoesNotContain("look", Text(Language.English, SampleEffects.Estimated()), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_WhatStandsBeside_SaysWhatItIsOf()
    {
        var (subgroup, control) = (SampleEffects.Estimated(), SampleEffects.Estimated());
        (subgroup.Role, subgroup.Division, subgroup.Label) = (EstimateRole.Subgroup, "sex@1", "woman");
        control.Role = EstimateRole.NegativeControl;

        var text = Text(Language.Swedish, subgroup, control);

        Assert.Contains("· sex@1 woman", text, StringComparison.Ordinal);
        Assert.Contains("· negativ kontroll", text, StringComparison.Ordinal);
        using var sheet = new StringWriter();
        EffectSheet.Write(new Terminal(sheet, TextWriter.Null, Language.Swedish), subgroup);
        Assert.Contains("delgrupp sex@1 woman ·", sheet.ToString().ReplaceLineEndings(" ").Replace("  ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Sheet_WithGroups_TellsWhoWasLostAndWhatTheyReceived()
    {
        var effect = SampleEffects.Estimated();
        var (shown, hidden) = (SampleEffects.Shown(35), SampleEffects.Hidden());
        effect.Received = new ReceivedMix
        {
            Nothing = new ReceivedMethod { Participants = hidden, ParticipantsShare = hidden, Comparison = SampleEffects.Shown(60), ComparisonShare = SampleEffects.Shown(0.63) },
            Methods = { new ReceivedMethod { Method = "mst", Participants = hidden, ParticipantsShare = hidden, Comparison = shown, ComparisonShare = SampleEffects.Shown(0.37) } },
        };
        var arm = new ArmAttrition { Persons = SampleEffects.Shown(130), Lost = SampleEffects.Shown(30), ShareLost = SampleEffects.Shown(0.23) };
        arm.Losses.Add(new Loss { Reason = LossReason.Moved, Persons = SampleEffects.Shown(20) });
        arm.Losses.Add(new Loss { Reason = LossReason.Several, Persons = SampleEffects.Shown(10) });
        effect.Attrition = new Attrition
        {
            Participants = new ArmAttrition { Persons = hidden, Lost = hidden, ShareLost = hidden },
            Comparison = arm,
            Bounds = new AttritionBounds { Low = SampleEffects.Shown(-1900), High = SampleEffects.Shown(-200), CiLow = SampleEffects.Shown(-2300), CiHigh = SampleEffects.Shown(150), ConfidenceLevel = 0.95 },
        };
        effect.EventStudy.Add(new EventPoint { Time = -2, Point = SampleEffects.Shown(3), CiLow = SampleEffects.Shown(-40), CiHigh = SampleEffects.Shown(46) });
        effect.EventStudy.Add(new EventPoint { Time = 4, Point = hidden, CiLow = hidden, CiHigh = hidden });
        using var output = new StringWriter();
        EffectSheet.Write(new Terminal(output, TextWriter.Null, Language.English), effect);
        var text = output.ToString();

        Assert.Matches(@"(?m)^ +−2 +3\.0 \(−40\.0 to 46\.0\)\r?$", text);
        Assert.Matches(@"(?m)^ +\+4 +withheld\r?$", text);
        foreach (var part in new[] { "no other", "60 (63%)", "mst", "35 (37%)", "moved 20, several reasons 10", "23%", "Lee's bounds", "−1,900 to −200, interval −2,300 to 150" })
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
        }

        Assert.All(text.Split('\n'), l => Assert.True(l.TrimEnd().Length <= 100, l));
        effect.Attrition.Bounds.Low = hidden;
        Assert.Equal("0.23", EffectCsv.Line(effect).Split(',')[Array.IndexOf(EffectCsv.Header.Split(','), "comparison_share_lost")]);
        Assert.Equal(string.Empty, EffectCsv.Line(effect).Split(',')[Array.IndexOf(EffectCsv.Header.Split(','), "bounds_low")]);
    }

    private static Effect Interim()
    {
        var effect = SampleEffects.Estimated();
        effect.Look = new Look { Number = 1, IsFinal = false, Looks = 2, InformationFraction = 0.6, NominalLevel = 0.99 };
        return effect;
    }

    private static string Text(Language language, params Effect[] effects)
    {
        using var output = new StringWriter();
        EffectTable.Write(new Terminal(output, TextWriter.Null, language), effects);
        return output.ToString();
    }
}
