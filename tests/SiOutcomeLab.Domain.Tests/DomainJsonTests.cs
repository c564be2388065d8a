using System.Text.Json;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Tests.Plans;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Domain.Tests;

public sealed class DomainJsonTests
{
    [Fact]
    public void Serialize_CodesEnumsPeriodsAndNulls_AreTextOrLeftOut()
    {
        var value = new Mixed(new OrganisationId("0180"), AllowedUses.OwnEvaluation | AllowedUses.PooledResults, new Period(PeriodLength.Year, 2026), null);

        var text = JsonSerializer.Serialize(value, DomainJson.Options);

        Assert.Equal("""{"Owner":"0180","Uses":"OwnEvaluation, PooledResults","Period":"2026"}""", text);
        Assert.Equal(value, JsonSerializer.Deserialize<Mixed>(text, DomainJson.Options));
    }

    [Theory]
    [InlineData(double.PositiveInfinity, "\"Infinity\"")]
    [InlineData(double.NegativeInfinity, "\"-Infinity\"")]
    [InlineData(double.NaN, "\"NaN\"")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e-300, "1E-300")]
    public void Serialize_AnyDouble_ComesBack(double value, string text)
    {
        Assert.Equal(text, JsonSerializer.Serialize(value, DomainJson.Options));
        Assert.Equal(value, JsonSerializer.Deserialize<double>(text, DomainJson.Options));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("{}")]
    public void Deserialize_CodeThatIsNoText_IsRefused(string text)
    {
        Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<OrganisationId>(text, DomainJson.Options));
        Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<Period>(text, DomainJson.Options));
    }

    [Fact]
    public void Options_OnceMade_CannotBeChanged() => Assert.True(DomainJson.Options.IsReadOnly);

    // A covariate that varies in neither group has an infinite standardised difference, and the run must still be kept.
    [Fact]
    public void Serialize_ResultWithAnInfiniteDifference_ComesBackWhole()
    {
        var plan = SamplePlan.Make();
        var balance = new CovariateBalance("sex=woman@1", true, 1, 0, 0, double.PositiveInfinity, double.PositiveInfinity, double.NaN, 1);
        var diagnostics = new Diagnostics(
            GateVerdict.Fail, ["sex=woman@1"], [balance], double.PositiveInfinity, double.PositiveInfinity, 0.1, null, 30, 40, 50);
        var refused = new EffectEstimate(
            EstimateRole.Headline, plan.Estimator, plan.Primary, null, new NotEstimable(NotEstimableReason.BalanceGateFailed, "sex=woman@1"), diagnostics, Standing.Indicative);
        var point = new PointEstimate(EstimateGroup.MatchedTreated, -1.25, 0.5, "robust (HC1)", -2.2, -0.3, 0.01, 3, 4.25, 40, 50, 44.5, 0.8, 88, 12, null);
        var given = refused with { Role = EstimateRole.Sensitivity, Estimate = point, NotEstimable = null, Diagnostics = null };
        var result = new EvaluationResult(
            "run", plan, PlanTiming.Prospective, DataPolicy.Standard, "ips", [new FlowStep(FlowStepKind.Observed, 45, 60)], [refused, given],
            new Lineage(PlanHash.Of(plan), new string('a', 64), "0.1.0", 1, 1, new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero)));

        var bytes = JsonSerializer.SerializeToUtf8Bytes(result, DomainJson.Options);
        var back = JsonSerializer.Deserialize<EvaluationResult>(bytes, DomainJson.Options)!;

        Assert.Equal(bytes, JsonSerializer.SerializeToUtf8Bytes(back, DomainJson.Options));
        Assert.Equal(balance, Assert.Single(back.Estimates[0].Diagnostics!.Balance));
        Assert.Equal(double.PositiveInfinity, back.Estimates[0].Diagnostics!.LargestSmdAfter);
        Assert.Equal(point, back.Estimates[1].Estimate);
        Assert.Equal(result.Lineage, back.Lineage);
    }

    private sealed record Mixed(OrganisationId Owner, AllowedUses Uses, Period Period, string? Note);
}
