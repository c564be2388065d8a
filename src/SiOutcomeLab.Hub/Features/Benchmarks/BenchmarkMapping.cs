using Google.Protobuf.WellKnownTypes;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Benchmarks;
using SiOutcomeLab.Hub.Features.Effects;
using SiOutcomeLab.Mapping;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Storage.Catalogue;
using EffectWire = SiOutcomeLab.Protos.Effects.V1;
using Wire = SiOutcomeLab.Protos.Benchmarks.V1;

namespace SiOutcomeLab.Hub.Features.Benchmarks;

/// <summary>
/// Released benchmarks on the wire. The only place where benchmark messages are made, and only from <see cref="Released{T}"/>.
/// </summary>
internal static class BenchmarkMapping
{
    public static Wire.Benchmark ToWire(Released<ReleasedBenchmark> release, DataStanding data)
    {
        var b = release.Value;
        var unit = MeasureVocabulary.Of(b.Key.Outcome.Measure).Unit;
        var wire = new Wire.Benchmark
        {
            Name = b.Name,
            Project = b.Key.Project.Code,
            Method = b.Key.Method,
            Outcome = PlanMapping.ToWire(b.Key.Outcome),
            PeriodLength = (Wire.PeriodLength)b.Key.PeriodLength,
            UnitSv = unit.Sv,
            UnitEn = unit.En,
            ConfidenceLevel = b.Level,
            Status = (Wire.BenchmarkStatus)b.Status,
            Reason = EffectMapping.UpperSnake(b.NotPoolable?.ToString() ?? b.WithheldFor?.ToString() ?? string.Empty),
            Model = (Wire.BenchmarkModel)b.Model,
            SnapshotHash = b.Lineage.SnapshotHash,
            InputHash = b.Lineage.InputHash,
            CodeVersion = b.Lineage.CodeVersion,
            ComputedAt = Timestamp.FromDateTimeOffset(b.Lineage.ComputedAt),
            RuleVersion = release.RuleVersion,
            DataStanding = (EffectWire.DataStanding)data,
        };
        if (b.Pool is { } pool) wire.Pooled = ToWire(pool);
        if (b.OneStage is { } ratio)
        {
            wire.OddsRatio = new Wire.PooledOddsRatio { OddsRatio = Of(ratio.OddsRatio), CiLow = Of(ratio.Low), CiHigh = Of(ratio.High) };
        }

        wire.Municipalities.AddRange(b.Municipalities.Select(ToWire));
        wire.Absent.AddRange(b.Absent.Select(a => new Wire.AbsentMunicipality
        {
            Municipality = a.Municipality.Code, Plan = a.PlanId, Reason = EffectMapping.UpperSnake(a.Reason.ToString()),
        }));
        wire.Balance.AddRange(b.Balance.Select(r => new Wire.PooledBalance
        {
            Covariate = r.Covariate, MeanBefore = Of(r.MeanBefore), MeanAfter = Of(r.MeanAfter), WorstAfter = Of(r.WorstAfter),
        }));
        wire.SentencesSv.AddRange(b.Sentences.Select(s => s.Sv));
        wire.SentencesEn.AddRange(b.Sentences.Select(s => s.En));
        return wire;
    }

    private static Wire.PooledEffect ToWire(ReleasedPool p) => new()
    {
        Municipalities = p.Municipalities,
        Point = Of(p.Point),
        StandardError = Of(p.StandardError),
        CiLow = Of(p.Low),
        CiHigh = Of(p.High),
        PValue = Of(p.PValue),
        Tau = Of(p.Tau),
        ISquared = Of(p.ISquared),
        HeterogeneityPValue = Of(p.HeterogeneityPValue),
        PredictionLow = Of(p.PredictionLow),
        PredictionHigh = Of(p.PredictionHigh),
        Participants = Of(p.Participants),
    };

    private static Wire.BenchmarkMunicipality ToWire(ReleasedMunicipality m)
    {
        var wire = new Wire.BenchmarkMunicipality
        {
            Municipality = m.Municipality.Code,
            Plan = m.PlanId,
            IsInPool = m.IsInPool,
            HoldsFor = (EffectWire.EstimateGroup)m.HoldsFor,
            Point = Of(m.Point),
            StandardError = Of(m.StandardError),
            CiLow = Of(m.Low),
            CiHigh = Of(m.High),
            Participants = Of(m.Participants),
        };
        if (m.Place is { } place) wire.Place = ToWire(place);
        return wire;
    }

    private static Wire.BenchmarkPlace ToWire(ReleasedPlace p)
    {
        var wire = new Wire.BenchmarkPlace
        {
            Weight = Of(p.Weight),
            Shrunken = Of(p.Shrunken),
            ShrunkenLow = Of(p.ShrunkenLow),
            ShrunkenHigh = Of(p.ShrunkenHigh),
            FunnelDeviation = Of(p.FunnelDeviation),
        };
        if (p.ProbabilityBetter is { } better) wire.ProbabilityBetter = Of(better);
        if (p.WithoutPoint is { } point) wire.WithoutPoint = Of(point);
        if (p.WithoutLow is { } low) wire.WithoutLow = Of(low);
        if (p.WithoutHigh is { } high) wire.WithoutHigh = Of(high);
        return wire;
    }

    private static EffectWire.Cell Of(Cell cell) => EffectMapping.ToWire(cell);
}
