using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Hub.Features.Effects;
using SiOutcomeLab.Hub.Features.Explaining;
using SiOutcomeLab.Hub.Web;
using SiOutcomeLab.Hub.Web.Effects;
using SiOutcomeLab.Hub.Web.Words;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Storage.Catalogue;
using Wire = SiOutcomeLab.Protos.Effects.V1;

namespace SiOutcomeLab.Hub.Tests.Web;

/// <summary>What an effect says of its look and of its two groups: on its page, in lists, in its explanation and on the wire.</summary>
public sealed class EffectGroupsTests(NswHub nsw) : IClassFixture<NswHub>
{
    [Fact]
    public async Task EffectPage_OfOpenData_TellsThatNothingElseWasReceivedAndNobodyLost()
    {
        var page = await nsw.Hub.PageAsync(await nsw.Hub.EffectPathAsync("nsw-entropy-balancing"));

        Assert.Equal("185 (100 %)", page.Cell("Personer som fick något mer, eller inget", "Ingen annan insats"));
        Assert.Equal("429 (100 %)", page.Cell("Personer som fick något mer, eller inget", "Ingen annan insats", 2));
        Assert.Equal("0 %", page.Cell("Personer utan utfall", "Andel"));
        Assert.Contains("Planens enda titt på utfallet.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("reliminär", page.Text, StringComparison.Ordinal);
        Assert.Equal("Intervall, 95 %", Assert.Single(page.Root.Descendants("th"), t => t.Value.StartsWith("Intervall", StringComparison.Ordinal)).Value.Replace('\u00A0', ' '));
    }

    [Theory]
    [InlineData(1, "preliminär, titt 1 av 2", "preliminary, look 1 of 2", "Preliminärt: titt 1 av 2, med 60 %", "Preliminary: look 1 of 2, with 60%")]
    [InlineData(2, "slutlig, titt 2 av 2", "final, look 2 of 2", "Slutligt: titt 2 av 2", "Final: look 2 of 2")]
    public async Task Words_OfALookAmongSeveral_SayWhichAndThatTheIntervalIsRepeated(int look, string shortSv, string shortEn, string sv, string en)
    {
        var e = await AtLookAsync(look);

        Assert.Equal((shortSv, shortEn), (LookWords.Short(e)!.Sv, LookWords.Short(e)!.En));
        var (swedish, english) = (LookWords.Sentence(e, PageLanguage.Swedish)!.Sv, LookWords.Sentence(e, PageLanguage.English)!.En);
        Assert.StartsWith(sv, Plain(swedish), StringComparison.Ordinal);
        Assert.StartsWith(en, english, StringComparison.Ordinal);
        Assert.Contains("Intervallet är upprepat", swedish, StringComparison.Ordinal);
        Assert.Contains("drawn at the 98.6% level", english, StringComparison.Ordinal);
        Assert.Equal("Repeated interval, 95% over all looks (drawn at the 98.6% level)", LookWords.Interval(e, PageLanguage.English).En);
        Assert.Contains("Upprepat intervall", Html(NumberSection.Of(e, PageLanguage.Swedish)), StringComparison.Ordinal);
        Assert.Contains("upprepat intervall", Html(BesideSection.Of(e, [e, e with { Name = "effects/x-2" }], PageLanguage.Swedish)), StringComparison.Ordinal);
        Assert.Contains(sv, Plain(ExplanationWords.Estimate(e, PageLanguage.Swedish)), StringComparison.Ordinal);
        var wire = EffectMapping.ToWire(new Released<ReleasedEffect>(e, Audience.Public, "x"), DataStanding.Current).Look;
        Assert.Equal((look, 2, look == 2), (wire.Number, wire.Looks, wire.IsFinal));
    }

    [Fact]
    public async Task Words_BesideAHeadline_ArePreliminaryWithAnOrdinaryInterval()
    {
        var e = await AtLookAsync(1) with { Role = EstimateRole.Sensitivity };

        Assert.Equal("preliminär, titt 1 av 2", LookWords.Short(e)!.Sv);
        Assert.DoesNotContain("upprepat", LookWords.Sentence(e, PageLanguage.Swedish)!.Sv, StringComparison.Ordinal);
        Assert.StartsWith("Interval, 95", LookWords.Interval(e, PageLanguage.English).En, StringComparison.Ordinal);
        Assert.False(LookWords.HasRepeatedInterval(e));
    }

    [Fact]
    public async Task Words_OfASingleLookWhoseErrorWasSpentBefore_SayAtWhatLevelTheIntervalIs()
    {
        var e = await NswAsync() with { Look = new LookBudget(1, true, 1, 0.03, 0.02, 0.98) };

        Assert.Null(LookWords.Short(e));
        Assert.Contains("drawn at the 98.0% level: some of the error is already spent", LookWords.Interval(e, PageLanguage.English).En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everywhere_GroupsThatAreTold_AreToldAlike()
    {
        var e = await PersonalAsync();
        var html = Plain(Html(ReceivedSection.Of(e, PageLanguage.English)) + Html(AttritionSection.Of(e, PageLanguage.English)));
        var concluded = Html(ConclusionSection.Of(e, DataStanding.Current, isCurrent: true, PageLanguage.English));
        var wire = EffectMapping.ToWire(new Released<ReleasedEffect>(e, Audience.Public, "x"), DataStanding.Current);

        foreach (var said in new[] { "No other intervention", "60 (63%)", "all but fewer than 10", "mst", "35 (37%)", "withheld: rests on too few persons", "fewer than 10 of both groups", "Participants: moved 20.", "20%", "23%" })
        {
            Assert.Contains(said, html, StringComparison.Ordinal);
        }

        Assert.Contains("20% of the participants and 23% of the comparison persons have no outcome", concluded, StringComparison.Ordinal);
        Assert.Contains("The direction of the effect stands even in the worst case", concluded, StringComparison.Ordinal);
        Assert.Contains("mst: 35 (37%)", ExplanationWords.Comparison(e, PageLanguage.English), StringComparison.Ordinal);
        Assert.Contains("20% of the participants", ExplanationWords.Persons(e, PageLanguage.English), StringComparison.Ordinal);
        Assert.Contains("Lee's bounds", ExplanationWords.Estimate(e, PageLanguage.English), StringComparison.Ordinal);
        Assert.Equal(["mst"], wire.Received.Methods.Select(m => m.Method));
        Assert.Equal((35.0, 0.37, Wire.Suppression.FewPersons), (wire.Received.Methods[0].Comparison.Value, wire.Received.Methods[0].ComparisonShare.Value, wire.Received.Methods[0].Participants.Suppressed));
        Assert.Equal((20.0, 0.2, Wire.LossReason.Moved), (wire.Attrition.Participants.Lost.Value, wire.Attrition.Participants.ShareLost.Value, wire.Attrition.Participants.Losses[0].Reason));
        Assert.Equal([Wire.LossReason.Moved, Wire.LossReason.Several], wire.Attrition.Comparison.Losses.Select(l => l.Reason));
        Assert.Equal((120.0, 2340.0, 0.95), (wire.Attrition.Bounds.Low.Value, wire.Attrition.Bounds.CiHigh.Value, wire.Attrition.Bounds.ConfidenceLevel));
    }

    [Fact]
    public async Task Bounds_ThatHoldZeroOrAreWithheld_AreSaidToBe()
    {
        var e = await PersonalAsync();
        var around = e.Attrition!.Bounds! with { IntervalLow = Cell.Shown(-1) };
        var hidden = Cell.Suppressed(SuppressionReason.Secondary);

        Assert.Contains("cannot be told which way", AttritionWords.Bounds(e, around, PageLanguage.English).En, StringComparison.Ordinal);
        var withheld = AttritionWords.Bounds(e, new ReleasedBounds(hidden, hidden, hidden, hidden, 0.95), PageLanguage.Swedish).Sv;
        Assert.StartsWith("Gränser för vad bortfallet kan ha gjort (Lee) visas inte", withheld, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attrition_OfFew_IsSaidOnceAndBoundsStandWhereItIsTold()
    {
        var e = await PersonalAsync();
        var hidden = Cell.Suppressed(SuppressionReason.Secondary);
        var arm = new ReleasedArmAttrition(hidden, hidden, hidden, []);
        var none = e with { Attrition = new ReleasedAttrition(arm, arm, new ReleasedBounds(hidden, hidden, hidden, hidden, 0.95)) };
        var half = e with { Attrition = e.Attrition! with { Treated = arm } };

        Assert.DoesNotContain("<table", Html(AttritionSection.Of(none, PageLanguage.Swedish)), StringComparison.Ordinal);
        Assert.Contains("Bortfallet visas inte", Html(AttritionSection.Of(none, PageLanguage.Swedish)), StringComparison.Ordinal);
        Assert.DoesNotContain("Lee", Html(ConclusionSection.Of(none, DataStanding.Current, true, PageLanguage.Swedish)), StringComparison.Ordinal);
        Assert.Contains("<td>withheld</td>", Html(AttritionSection.Of(half, PageLanguage.English)), StringComparison.Ordinal);
        Assert.Contains("a share that is withheld of the participants and 23%", Html(ConclusionSection.Of(half, DataStanding.Current, true, PageLanguage.English)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pictures_OfTheGroups_SayWhereTheyWereMadeAlikeAndWhereTooFewAre()
    {
        var e = await NswAsync();
        var page = Plain(Html(EventStudySection.Of(e, PageLanguage.English)));

        Assert.Contains("1 year before (made alike)", page, StringComparison.Ordinal);
        Assert.Contains("2 years after", page, StringComparison.Ordinal);
        Assert.Contains("proves nothing", page, StringComparison.Ordinal);
        var other = e with { Plan = e.Plan with { Covariates = [.. e.Plan.Covariates.Where(c => c.Variable != e.Plan.Primary.Measure.Code)] } };
        Assert.DoesNotContain("proves nothing", Html(EventStudySection.Of(other, PageLanguage.English)), StringComparison.Ordinal);
        Assert.Contains("in the same places", Html(OverlapFigure.Of(e, PageLanguage.English)), StringComparison.Ordinal);
        Assert.Contains("the persons are too few", Html(OverlapFigure.Of(e with { Overlap = [] }, PageLanguage.English)), StringComparison.Ordinal);
        Assert.Empty(Html(OverlapFigure.Of(e with { Overlap = null }, PageLanguage.English)));
        Assert.Empty(Html(EventStudySection.Of(e with { EventStudy = null }, PageLanguage.English)));
        var wire = EffectMapping.ToWire(new Released<ReleasedEffect>(e, Audience.Public, "x"), DataStanding.Current);
        Assert.Equal([-2, -1, 2], wire.EventStudy.Where(p => p.Point.HasValue).Select(p => p.Time));
        Assert.Equal(e.Estimate!.Point.TryGet(out var point) ? point : 0, wire.EventStudy[^1].Point.Value, 1e-6);
        Assert.Equal((1, 1.0), (Math.Round(wire.Overlap.Sum(b => b.ParticipantsShare.Value), 9), wire.Overlap[^1].To));
    }

    [Theory]
    [InlineData("sex@1", "woman", "Kön: kvinna, 1 kvartal före start", "Sex: woman, 1 quarter before the start")]
    [InlineData("birth_year@1", "< 1990", "Födelseår < 1990, 1 kvartal före start", "Birth year < 1990, 1 quarter before the start")]
    [InlineData(null, "woman", "woman", "woman")]
    public void Part_OfADivision_SaysWhatDividesInBothLanguages(string? division, string label, string sv, string en)
    {
        var name = Names.Part(division, label, PeriodLength.Quarter);

        Assert.Equal((sv, en), (Plain(name.Sv), Plain(name.En)));
    }

    [Fact]
    public async Task OldReleases_WithoutTheseParts_HaveNoSuchSections()
    {
        var e = await NswAsync() with { Received = null, Attrition = null };

        Assert.Empty(Html(ReceivedSection.Of(e, PageLanguage.English)));
        Assert.Empty(Html(AttritionSection.Of(e, PageLanguage.English)));
        var wire = EffectMapping.ToWire(new Released<ReleasedEffect>(e, Audience.Public, "x"), DataStanding.Current);
        Assert.Null(wire.Received);
        Assert.Null(wire.Attrition);
    }

    private async Task<ReleasedEffect> NswAsync() =>
        (await nsw.Hub.Running.Catalogue.Releases.ListAsync(new EffectFilter(null, "nsw-entropy-balancing", null, null, null, HeadlineOnly: true), Audience.Public, null, 1, Cancel.Token))[0].Value;

    private async Task<ReleasedEffect> AtLookAsync(int look)
    {
        var e = await NswAsync();
        var plan = e.Plan with { InterimLooks = [new InterimLook(e.Plan.LookDueOn.AddDays(-30), new Period(e.Plan.PeriodLength, e.Plan.FirstIndex.Ordinal), 0.6)] };
        return e with { Plan = plan, Look = new LookBudget(look, look == 2, look == 2 ? 1 : 0.6, 0, 0.01, 0.986) };
    }

    // The same effect as it would come through the gate of personal data.
    private async Task<ReleasedEffect> PersonalAsync()
    {
        var e = await NswAsync();
        var point = new PointEstimate(EstimateGroup.AllTreated, 1200, 300, "x", 600, 1800, 0.001, 6000, 4800, 80, 96, 90, 0.8, 150, null, null);
        var headline = new EffectEstimate(EstimateRole.Headline, e.Plan.Estimator, e.Plan.Primary, point, null, null, Standing.Indicative);
        var result = new EvaluationResult(e.RunId, e.Plan, e.PlanTiming, DataPolicy.Standard, e.Method, [new FlowStep(FlowStepKind.Used, 80, 96)], [headline], e.Lineage)
        {
            Received = new ReceivedMix(80, 96, new MethodReceived(null, new(76, 0.95), new(61, 0.63)), [new MethodReceived("mst", new(4, 0.05), new(35, 0.37))]),
            Attrition = new Attrition(
                new ArmAttrition(100, 20, [new LossCount(OutcomeLoss.Moved, 20)]),
                new ArmAttrition(128, 32, [new LossCount(OutcomeLoss.Moved, 20), new LossCount(OutcomeLoss.Died, 5), new LossCount(OutcomeLoss.NotReported, 7)]),
                new AttritionBounds(120, 1900, 34, 2340, 0.95, 0.8, 0.75, TrimsTreated: true, Trimmed: 12)),
        };
        return Assert.Single(new EffectGate(StandardPolicy.Instance).Release(result, MeasureVocabulary.Of)).Value;
    }

    private static string Html(Hub.Web.Markup.Node node)
    {
        var html = new System.Text.StringBuilder();
        node.Write(html);
        return html.ToString();
    }

    private static string Plain(string text) => text.Replace('\u00A0', ' ');
}
