using System.Text.Json;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Economics.Costs;
using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.Savings;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Storage.Tests.Samples;

/// <summary>Kronor of a run as they come out of storage's bytes, with tables that hold nothing.</summary>
internal static class SampleCosts
{
    public static Released<ReleasedCosts> Of(
        string name,
        EvaluationPlan plan,
        string runId,
        string method = "ips",
        string set = "teaching",
        int years = 1,
        DiscountRate? rate = null,
        CostPart[]? parts = null)
    {
        var level = new PriceLevel(2024, "kpi", new BilingualText("konsumentprisindex", "consumer price index"));
        var lineage = new Lineage(PlanHash.Of(plan), SampleSubmissions.Sha256("snapshot"), "0.1.0", plan.Seed, 1, SampleSubmissions.Time);
        var has = parts ?? [];
        var costs = new
        {
            Name = name,
            Subject = plan.Id,
            HorizonYears = years,
            Terms = new CostTerms(set, "register", level, new DateOnly(2026, 6, 1), rate ?? DiscountRate.ThreeAndAHalfPercent, 0.95),
            Policy = DataPolicy.Standard,
            Prices = Array.Empty<PriceUsed>(),
            Gaps = Array.Empty<int>(),
            TargetGroup = has.Contains(CostPart.TargetGroup) ? new { Persons = 100 } : null,
            Counterfactual = has.Contains(CostPart.Counterfactual) ? new { Persons = 100 } : null,
            Saving = has.Contains(CostPart.Saving) ? new { Participants = 100 } : null,
            Sentences = Array.Empty<BilingualText>(),
            Plan = new CostedPlan(plan, PlanTiming.Prospective, method, runId, lineage),
        };
        var envelope = new { RuleVersion = "standard-1", Audience = Audience.Analyst, Costs = costs };
        return CostReleaseCodec.Decode(JsonSerializer.SerializeToUtf8Bytes(envelope, DomainJson.Options));
    }

    /// <summary>A pool's baseline of a kind.</summary>
    public static Released<ReleasedCosts> Pool(
        string method, string group, string set, int year, DataPolicy policy, BaselineKind kind, char inputs)
    {
        var level = new PriceLevel(year, "kpi", new BilingualText("konsumentprisindex", "consumer price index"));
        var costs = new
        {
            Name = $"costs/{method}-{group.ToLowerInvariant()}-{(kind == BaselineKind.TargetGroup ? "target-group" : "counterfactual")}-{set}-{year}-{inputs}",
            Subject = method,
            MunicipalityGroup = group,
            HorizonYears = 2,
            Terms = new CostTerms(set, "register", level, new DateOnly(2026, 6, 1), DiscountRate.ThreeAndAHalfPercent, 0.95),
            Policy = policy,
            Prices = Array.Empty<PriceUsed>(),
            Gaps = Array.Empty<int>(),
            TargetGroup = kind == BaselineKind.TargetGroup ? new { Persons = 100 } : null,
            Counterfactual = kind == BaselineKind.Counterfactual ? new { Persons = 100 } : null,
            Sentences = Array.Empty<BilingualText>(),
        };
        var audience = policy == DataPolicy.OpenData ? Audience.Public : Audience.Analyst;
        return CostReleaseCodec.Decode(
            JsonSerializer.SerializeToUtf8Bytes(new { RuleVersion = "standard-1", Audience = audience, Costs = costs }, DomainJson.Options));
    }
}
