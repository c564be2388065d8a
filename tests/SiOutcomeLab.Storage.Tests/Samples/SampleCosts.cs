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
}
