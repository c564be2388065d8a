using Grpc.Core;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Protos.Plans.V1;
using SiOutcomeLab.Protos.Runs.V1;

namespace SiOutcomeLab.Hub.Tests;

/// <summary>
/// The main job on the data of a real programme, through the real doors. The numbers are R's (MatchIt 4.7.2, WeightIt 2.0.0 and base R on
/// the same 614 persons); the hub sees them through Parquet, gRPC, the lake, the cohort and the gate.
/// </summary>
public sealed class NswEvaluationTests
{
    // A relative 1e-7: both sides converge to rounding, in different orders of summation.
    private const double Tolerance = 1e-7;

    [Fact]
    public async Task EntropyBalancingPlan_OnNsw_GivesTheReferenceNumbers()
    {
        await using var hub = await TestHub.StartAsync();
        var headers = await hub.HeadersAsync(TestHub.NswOrganisation, Role.Submitter, Role.Analyst);
        await hub.LoadNswAsync(headers);

        var effects = await hub.WaitForEffectsAsync("nsw-entropy-balancing", headers);

        Close(1273.261814, Point(effects, Estimator.EntropyBalancing).Point.Value);
        Close(1214.071223, Point(effects, Estimator.InversePropensity).Point.Value);
        Close(798.154628, Point(effects, Estimator.InversePropensity).StandardError.Value);
        Close(1226.543741, Point(effects, Estimator.AugmentedInversePropensity).Point.Value);
        Close(801.623454, Point(effects, Estimator.AugmentedInversePropensity).StandardError.Value);
        var headline = Assert.Single(effects, e => e.Role == EstimateRole.Headline);
        Assert.Equal(GateVerdict.Pass, headline.Diagnostics.Verdict);
        Assert.Equal(185, headline.Estimate.Participants.Value);
        Assert.Equal(429, headline.Estimate.Comparison.Value);
        Assert.Equal(PlanTiming.Retrospective, headline.Timing);
        Assert.Equal(Standing.Indicative, headline.Standing);
        Assert.Equal("open-data-1", headline.RuleVersion);
        Assert.StartsWith("Fler personer behövs.", headline.SentenceSv, StringComparison.Ordinal);
        Assert.StartsWith("More persons are needed.", headline.SentenceEn, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NearestNeighbourPlan_OnNsw_IsStoppedByTheBalanceGate()
    {
        await using var hub = await TestHub.StartAsync();
        var headers = await hub.HeadersAsync(TestHub.NswOrganisation, Role.Submitter, Role.Analyst);
        await hub.LoadNswAsync(headers);

        var effect = Assert.Single(await hub.WaitForEffectsAsync("nsw-nearest-neighbour", headers));

        Assert.Equal(Effect.ResultOneofCase.NotEstimable, effect.ResultCase);
        Assert.Equal("BALANCE_GATE_FAILED", effect.NotEstimable.Reason);
        Assert.NotEmpty(effect.NotEstimable.RemedySv);
        Assert.Equal(GateVerdict.Fail, effect.Diagnostics.Verdict);
        // The share of black participants: R 4.2.2 with MatchIt 4.7.2 and cobalt, on the same pairs.
        Assert.Equal(1.025859283, effect.Diagnostics.LargestSmdAfter.Value, 1e-8);
    }

    [Fact]
    public async Task ReproduceRun_OfAPublishedEffect_IsIdenticalAndForItsOwnersOnly()
    {
        await using var hub = await TestHub.StartAsync();
        var headers = await hub.HeadersAsync(TestHub.NswOrganisation, Role.Submitter, Role.Analyst);
        await hub.LoadNswAsync(headers);
        var effects = await hub.WaitForEffectsAsync("nsw-entropy-balancing", headers);
        var request = new ReproduceRunRequest { Name = effects[0].Lineage.Run };
        var other = await hub.HeadersAsync("0180", Role.Analyst);
        var submitter = await hub.HeadersAsync(TestHub.NswOrganisation, Role.Submitter);

        var answer = await hub.Runs.ReproduceRunAsync(request, headers);

        Assert.Equal(ReproductionVerdict.Identical, answer.Verdict);
        Assert.Equal(answer.KeptBy, answer.MadeBy);
        Assert.Null(answer.ErasedAt);
        Assert.Equal("RUN_UNKNOWN", (await Assert.ThrowsAsync<RpcException>(async () => await hub.Runs.ReproduceRunAsync(request, other))).Reason());
        Assert.Equal("ROLE_MISSING", (await Assert.ThrowsAsync<RpcException>(async () => await hub.Runs.ReproduceRunAsync(request, submitter))).Reason());
    }

    private static Estimate Point(IEnumerable<Effect> effects, Estimator estimator) => Assert.Single(effects, e => e.Estimator == estimator).Estimate;

    private static void Close(double expected, double actual) => Assert.Equal(expected, actual, Math.Abs(expected) * Tolerance);
}
