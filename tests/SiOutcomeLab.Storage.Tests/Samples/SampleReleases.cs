using System.Text.Json;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Storage.Tests.Samples;

/// <summary>Releases as they come out of storage's bytes: only the disclosure room can make one, and it reads them from bytes.</summary>
internal static class SampleReleases
{
    public static Released<ReleasedEffect> Of(
        string name,
        EvaluationPlan plan,
        string runId,
        Audience audience = Audience.Public,
        EstimateRole role = EstimateRole.Headline,
        EffectStatus status = EffectStatus.NotEstimable,
        string method = "ips")
    {
        // Named parts, not the constructor: a release that gains a part is still read from what was stored before.
        var effect = new
        {
            Name = name,
            Plan = plan,
            PlanHash = PlanHash.Of(plan),
            PlanTiming = PlanTiming.Prospective,
            Method = method,
            RunId = runId,
            Role = role,
            plan.Estimator,
            Status = status,
            Standing = Standing.Indicative,
            Policy = DataPolicy.Standard,
            NotEstimable = status == EffectStatus.NotEstimable
                ? new NotEstimable(NotEstimableReason.TooFewParticipants, string.Empty)
                : null,
            Flow = Array.Empty<ReleasedFlowStep>(),
            Sentence = new BilingualText("Det går inte att säga.", "It cannot be said."),
            Lineage = new Lineage(PlanHash.Of(plan), SampleSubmissions.Sha256("snapshot"), "0.1.0", plan.Seed, 1, SampleSubmissions.Time),
        };
        var envelope = new { RuleVersion = "standard-1", Audience = audience, Effect = effect };
        return ReleaseCodec.Decode(JsonSerializer.SerializeToUtf8Bytes(envelope, DomainJson.Options));
    }
}
