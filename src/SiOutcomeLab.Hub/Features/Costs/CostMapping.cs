using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Economics.Costs;
using SiOutcomeLab.Economics.Words;
using SiOutcomeLab.Hub.Features.Effects;
using SiOutcomeLab.Mapping;
using SiOutcomeLab.Storage.Catalogue;
using EffectWire = SiOutcomeLab.Protos.Effects.V1;
using Wire = SiOutcomeLab.Protos.Costs.V1;

namespace SiOutcomeLab.Hub.Features.Costs;

/// <summary>Released kronor on the wire. The only place where messages of them are made, and only from <see cref="Released{T}"/>.</summary>
internal static class CostMapping
{
    /// <summary>A baseline of a kind; there must be one.</summary>
    public static Wire.CostBaseline ToBaseline(Released<ReleasedCosts> release, BaselineKind kind, DataStanding data)
    {
        var c = release.Value;
        var money = MoneyOf(c, kind) ?? throw new ArgumentException("The kronor have no such baseline.", nameof(kind));
        var wire = new Wire.CostBaseline
        {
            Name = $"{c.Name}/{CostNames.PartOf(kind)}",
            Costs = c.Name,
            Kind = (Wire.BaselineKind)kind,
            Subject = SubjectOf(c),
            Terms = TermsOf(c.Terms),
            PerPersonYear = ToWire(money),
            SentenceSv = money.Sentence?.Sv ?? string.Empty,
            SentenceEn = money.Sentence?.En ?? string.Empty,
            Lineage = LineageOf(release, data),
        };
        wire.Prices.AddRange(c.Prices.Select(UnitCostMapping.ToWire));
        wire.Gaps.AddRange(c.Gaps.Select(UnitCostMapping.ToWire));
        return wire;
    }

    public static Wire.Saving ToSaving(Released<ReleasedCosts> release, DataStanding data)
    {
        var c = release.Value;
        var wire = new Wire.Saving
        {
            Name = $"{c.Name}/{CostNames.Saving}",
            Costs = c.Name,
            Subject = SubjectOf(c),
            Terms = TermsOf(c.Terms),
            Status = c.Saving is not null ? Wire.SavingStatus.Counted
                : c.NotEstimable is not null ? Wire.SavingStatus.NotEstimable : Wire.SavingStatus.NotPriced,
            Reason = EffectMapping.UpperSnake(c.Saving is null ? c.NotEstimable?.Reason.ToString() ?? string.Empty : string.Empty),
            Lineage = LineageOf(release, data),
        };
        if (c.Saving is { } saving)
        {
            wire.Standing = (EffectWire.Standing)saving.Standing;
            wire.HoldsFor = (EffectWire.EstimateGroup)saving.HoldsFor;
            wire.Participants = Of(saving.Participants);
            wire.EconomicValue = ToWire(saving.EconomicValue);
            wire.Marginal = ToWire(saving.Marginal);
            wire.BudgetReducible = ToWire(saving.BudgetReducible);
            wire.BudgetReducibleLater = ToWire(saving.BudgetReducibleLater);
        }

        var sentences = SentencesOf(c);
        wire.SentencesSv.AddRange(sentences.Select(s => s.Sv));
        wire.SentencesEn.AddRange(sentences.Select(s => s.En));
        wire.Prices.AddRange(c.Prices.Select(UnitCostMapping.ToWire));
        wire.Gaps.AddRange(c.Gaps.Select(UnitCostMapping.ToWire));
        return wire;
    }

    public static ReleasedMoney? MoneyOf(ReleasedCosts costs, BaselineKind kind) => kind switch
    {
        BaselineKind.TargetGroup => costs.TargetGroup,
        BaselineKind.Counterfactual => costs.Counterfactual,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown baseline."),
    };

    // What is said of the baselines is told with them.
    private static BilingualText[] SentencesOf(ReleasedCosts c) =>
        [.. c.Sentences.Where(s => s != c.TargetGroup?.Sentence && s != c.Counterfactual?.Sentence)];

    private static Wire.CostSubject SubjectOf(ReleasedCosts c)
    {
        var subject = new Wire.CostSubject
        {
            Method = c.Plan?.Method ?? c.Subject,
            MunicipalityGroup = c.MunicipalityGroup ?? string.Empty,
            HorizonYears = c.HorizonYears,
        };
        subject.Measures.AddRange(c.Prices.Select(p => p.Measure.Code).Distinct().Order(StringComparer.Ordinal));
        if (c.Plan is not { Plan: var plan }) return subject;
        subject.Plan = plan.Id;
        subject.PlanVersion = plan.Version;
        subject.TitleSv = plan.Title.Sv;
        subject.TitleEn = plan.Title.En;
        subject.Organisation = plan.Organisation.Code;
        subject.Intervention = plan.Intervention.Code;
        subject.Primary = PlanMapping.ToWire(plan.Primary);
        return subject;
    }

    public static Wire.CostTerms TermsOf(CostTerms t) => new()
    {
        UnitCostSet = t.UnitCostSet,
        RegisterHash = t.RegisterHash,
        PriceYear = t.PriceLevel.Year,
        PriceIndex = t.PriceLevel.Index,
        PriceIndexNameSv = t.PriceLevel.IndexName.Sv,
        PriceIndexNameEn = t.PriceLevel.IndexName.En,
        UsedOn = t.UsedOn.ToString("O", CultureInfo.InvariantCulture),
        DiscountRate = (double)t.Rate.PerYear,
        DiscountRateSv = t.Rate.Name.Sv,
        DiscountRateEn = t.Rate.Name.En,
        ConfidenceLevel = t.Level,
    };

    private static Wire.CostLineage LineageOf(Released<ReleasedCosts> release, DataStanding data)
    {
        var lineage = new Wire.CostLineage { RuleVersion = release.RuleVersion, DataStanding = (EffectWire.DataStanding)data };
        if (release.Value.Plan is not { } of) return lineage;
        lineage.Run = $"runs/{of.RunId}";
        lineage.PlanHash = of.Lineage.PlanHash;
        lineage.SnapshotHash = of.Lineage.SnapshotHash;
        lineage.Look = of.Lineage.Look;
        lineage.ComputedAt = Timestamp.FromDateTimeOffset(of.Lineage.ComputedAt);
        return lineage;
    }

    private static Wire.Money ToWire(ReleasedMoney m)
    {
        var money = new Wire.Money
        {
            Persons = Of(m.Persons),
            Paid = Of(m.Paid),
            CiLow = Of(m.Low),
            CiHigh = Of(m.High),
            Resources = Of(m.Real),
            Transfers = Of(m.Transfers),
        };
        if (m.Winsorised is { } winsorised) money.Winsorised = Of(winsorised);
        money.ByActor.AddRange(m.ByActor.Select(a => new Wire.ActorAmount
        {
            Actor = (Wire.Actor)a.Actor,
            NameSv = ActorWords.Of(a.Actor).Sv,
            NameEn = ActorWords.Of(a.Actor).En,
            Sek = Of(a.Sek),
            CiLow = Of(a.Low),
            CiHigh = Of(a.High),
        }));
        money.ByBudgetItem.AddRange(m.ByBudgetItem.Select(i => new Wire.BudgetItemAmount
        {
            Code = i.Item.Code,
            Actor = (Wire.Actor)i.Item.Actor,
            NameSv = i.Item.Name.Sv,
            NameEn = i.Item.Name.En,
            Sek = Of(i.Sek),
            CiLow = Of(i.Low),
            CiHigh = Of(i.High),
        }));
        money.ByProvenance.AddRange(m.ByProvenance.Select(
            p => new Wire.ProvenanceAmount { Provenance = (Wire.Provenance)p.Provenance, Sek = Of(p.Sek) }));
        return money;
    }

    private static EffectWire.Cell Of(Cell cell) => EffectMapping.ToWire(cell);
}
