using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Mapping;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Protos.Explanations.V1;
using SiOutcomeLab.Protos.Plans.V1;

namespace SiOutcomeLab.Hub.Tests;

/// <summary>Why a published number is what it is, over the wire.</summary>
public sealed class ExplanationTests(NswHub nsw) : IClassFixture<NswHub>
{
    [Fact]
    public async Task ExplainEffect_OfOnesOwn_TellsTheChainInOrderAndInBothLanguages()
    {
        var effect = await HeadlineAsync("nsw-entropy-balancing");

        var answer = await Client.ExplainEffectAsync(new ExplainEffectRequest { Name = effect.Name }, nsw.Owner);

        Assert.Equal(System.Enum.GetValues<ExplanationLink>().Skip(1), answer.Steps.Select(s => s.Link));
        Assert.All(answer.Steps, s => Assert.True(s.TextSv.Length > 10 && s.TextEn.Length > 10 && s.TextSv != s.TextEn, s.Link.ToString()));
        Assert.Null(answer.Change);
        var (rows, plan, persons, estimate) = (Text(ExplanationLink.Rows), Text(ExplanationLink.Plan), Text(ExplanationLink.Persons), Text(ExplanationLink.Estimate));
        Assert.Contains("1 submission from 1 organisation, its own, locked", rows, StringComparison.Ordinal);
        Assert.Contains("1 leverans från 1 organisation, den egna, låst", answer.Steps[0].TextSv, StringComparison.Ordinal);
        Assert.Contains(effect.Lineage.SnapshotHash[..12], rows, StringComparison.Ordinal);
        Assert.Contains(effect.Lineage.PlanHash[..12], plan, StringComparison.Ordinal);
        Assert.Contains("185 participants and 429 comparison persons", persons, StringComparison.Ordinal);
        Assert.Contains("1,273", estimate, StringComparison.Ordinal);
        Assert.Contains("open data", Text(ExplanationLink.Gate), StringComparison.Ordinal);
        Assert.Contains(effect.Lineage.CodeVersion, Text(ExplanationLink.Computation), StringComparison.Ordinal);

        string Text(ExplanationLink link) => answer.Steps.Single(s => s.Link == link).TextEn;
    }

    [Fact]
    public async Task ExplainEffect_NotEstimable_TellsWhyAndHowFarApartTheGroupsWere()
    {
        var effect = await HeadlineAsync("nsw-nearest-neighbour");

        var answer = await Client.ExplainEffectAsync(new ExplainEffectRequest { Name = effect.Name }, nsw.Owner);

        Assert.Contains(effect.SentenceEn, answer.Steps.Single(s => s.Link == ExplanationLink.Estimate).TextEn, StringComparison.Ordinal);
        Assert.Contains("The comparison failed", answer.Steps.Single(s => s.Link == ExplanationLink.Balance).TextEn, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExplainEffect_SinceAnEarlierVersion_TakesTheChangeApart()
    {
        var plan = PlanMapping.ToWire(TestHub.NswPlans().Single(p => p.Id == "nsw-entropy-balancing"));
        plan.Id = "nsw-amended";
        await nsw.Hub.Plans.RegisterPlanAsync(new RegisterPlanRequest { Plan = plan }, nsw.Owner);
        await nsw.Hub.WaitForEffectsAsync("nsw-amended", nsw.Owner);
        var first = await HeadlineAsync("nsw-amended");
        plan.Estimator = Estimator.AugmentedInversePropensity;
        plan.Sensitivity.Clear();
        plan.Sensitivity.Add(Estimator.InversePropensity);
        plan.ConfidenceLevel = 0.9;
        await nsw.Hub.Plans.AmendPlanAsync(new AmendPlanRequest { Plan = plan, Reason = "Another estimator." }, nsw.Owner);
        await nsw.Hub.WaitForEffectsAsync("nsw-amended", nsw.Owner, version: 2);
        var second = await HeadlineAsync("nsw-amended");

        var answer = await Client.ExplainEffectAsync(new ExplainEffectRequest { Name = second.Name, SinceEffect = first.Name }, nsw.Owner);
        var byTime = await Client.ExplainEffectAsync(
            new ExplainEffectRequest { Name = second.Name, SinceTime = second.Lineage.ComputedAt }, nsw.Owner);

        Assert.Equal(first.Lineage.Run, answer.Change.FromRun);
        Assert.Equal(first.Estimate.Point.Value, answer.Change.From, 1e-9);
        Assert.Equal(second.Estimate.Point.Value, answer.Change.To, 1e-9);
        Assert.Equal(answer.Change.To - answer.Change.From, answer.Change.Parts.Single(p => p.Source == ChangeSource.Plan).Change, 1e-9);
        Assert.Equal(answer.Change, byTime.Change);
    }

    [Fact]
    public async Task ExplainEffect_SinceWhatIsNotEarlier_IsRefused()
    {
        var effect = await HeadlineAsync("nsw-entropy-balancing");
        var other = await HeadlineAsync("nsw-nearest-neighbour");
        ExplainEffectRequest[] requests =
        [
            new() { Name = effect.Name, SinceEffect = other.Name },
            new() { Name = effect.Name, SinceEffect = effect.Name },
            new() { Name = effect.Name, SinceTime = Timestamp.FromDateTime(DateTime.UnixEpoch) },
            new() { Name = effect.Name, SinceEffect = effect.Name, SinceTime = effect.Lineage.ComputedAt },
        ];

        foreach (var request in requests) Assert.StartsWith("since_", Assert.Single((await RefusedAsync(request, nsw.Owner)).Fields()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExplainEffect_OfAnother_AnswersAsIfItDidNotExist_AndAStewardSeesIt()
    {
        var effect = await HeadlineAsync("nsw-entropy-balancing");
        var other = await nsw.Hub.HeadersAsync("9911", Role.Analyst);
        var steward = await nsw.Hub.HeadersAsync("lab", Role.Steward);

        var theirs = await RefusedAsync(new ExplainEffectRequest { Name = effect.Name }, other);
        var nobodys = await RefusedAsync(new ExplainEffectRequest { Name = "effects/nothing" }, other);
        var role = await RefusedAsync(new ExplainEffectRequest { Name = effect.Name }, await nsw.Hub.HeadersAsync(TestHub.NswOrganisation, Role.Submitter));

        Assert.Equal(nobodys.Status, theirs.Status);
        Assert.Equal("EFFECT_UNKNOWN", theirs.Reason());
        Assert.Equal("ROLE_MISSING", role.Reason());
        Assert.Equal(9, (await Client.ExplainEffectAsync(new ExplainEffectRequest { Name = effect.Name }, steward)).Steps.Count);
    }

    private ExplanationService.ExplanationServiceClient Client => new(nsw.Hub.Channel);

    private async Task<Effect> HeadlineAsync(string plan) => (await nsw.Hub.Effects.ListEffectsAsync(
        new ListEffectsRequest { Filter = new EffectFilter { Plan = plan, HeadlineOnly = true } }, nsw.Owner)).Effects.Single();

    private async Task<RpcException> RefusedAsync(ExplainEffectRequest request, Metadata headers) =>
        await Assert.ThrowsAsync<RpcException>(async () => await Client.ExplainEffectAsync(request, headers));
}
