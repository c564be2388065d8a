using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Disclosure.Words;
using SiOutcomeLab.Domain.Benchmarks;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Measures;

namespace SiOutcomeLab.Disclosure.Benchmarks;

/// <summary>
/// The gate between benchmarks and readers. A municipality's shrunken estimate, weight, funnel place and the pool without it are shown
/// only when its own estimate may be.
/// </summary>
/// <remarks>
/// Against a reader who takes what is shown out of the pool: with all other estimates and the pooled effect known, the one that is left
/// follows. So municipalities whose own estimates are withheld are in a released pool only when they would by themselves be a pool that
/// may be shown; otherwise the pool is made once more without them.
/// </remarks>
/// <param name="policy">The rules that apply.</param>
public sealed class BenchmarkGate(DisclosurePolicy policy)
{
    /// <summary>The municipalities that a released pool may rest on, by code.</summary>
    public IReadOnlyList<OrganisationId> Basis(Benchmark benchmark)
    {
        ArgumentNullException.ThrowIfNull(benchmark);
        var withheld = benchmark.Contributors.Where(c => RefusalOf(c) is not null).ToArray();
        var mayStay = withheld.Length == 0 || policy.RefusesPool([.. withheld.Select(c => c.Estimate.Treated)]) is null;
        return [.. benchmark.Contributors.Where(c => mayStay || RefusalOf(c) is null).Select(c => c.Municipality)];
    }

    /// <summary>What readers may see.</summary>
    /// <param name="whole">The benchmark of all contributors.</param>
    /// <param name="narrowed">The same of no others than <see cref="Basis"/> names; the whole one when it names all.</param>
    /// <param name="wordsOf">How a measure is spoken of.</param>
    /// <exception cref="ArgumentException">The narrowed benchmark is of other municipalities than may be.</exception>
    public Released<ReleasedBenchmark> Release(Benchmark whole, Benchmark narrowed, Func<MeasureCode, MeasureWords> wordsOf)
    {
        ArgumentNullException.ThrowIfNull(whole);
        ArgumentNullException.ThrowIfNull(narrowed);
        ArgumentNullException.ThrowIfNull(wordsOf);
        if (!narrowed.Contributors.Select(c => c.Municipality).SequenceEqual(Basis(whole)))
        {
            throw new ArgumentException("The pool rests on other municipalities than a released one may.", nameof(narrowed));
        }

        // What is not pooled for a reason of the data is told so; what only the narrowing has made too few is withheld.
        var notPoolable = whole.NotPoolable;
        var refusal = notPoolable is not null
            ? null
            : policy.RefusesPool([.. narrowed.Contributors.Select(c => c.Estimate.Treated)])
                ?? (narrowed.Pooled is null ? SuppressionReason.FewContributors : (SuppressionReason?)null);
        var pool = notPoolable is null && refusal is null ? PoolOf(narrowed) : null;
        var places = narrowed.Contributors.ToDictionary(c => c.Municipality, c => c.Place);
        var status = notPoolable is not null ? BenchmarkStatus.NotPoolable : pool is null ? BenchmarkStatus.Withheld : BenchmarkStatus.Pooled;
        var ratio = pool is not null && narrowed.OneStage is { } o ? RatioOf(o) : null;
        var released = new ReleasedBenchmark(
            whole.Key.NameOf(whole.Lineage.InputHash),
            whole.Key,
            whole.Level,
            whole.Policy,
            status,
            notPoolable,
            refusal,
            pool is null ? BenchmarkModel.TwoStage : narrowed.Model,
            pool,
            ratio,
            [.. whole.Contributors.Select(c => MunicipalityOf(c, pool is not null && places.ContainsKey(c.Municipality), places.GetValueOrDefault(c.Municipality)))],
            whole.Absent,
            pool is null ? [] : [.. narrowed.Balance.Select(b => BalanceOf(b, narrowed))],
            [],
            whole.Lineage);
        return new Released<ReleasedBenchmark>(
            released with { Sentences = BenchmarkWords.Say(released, wordsOf(whole.Key.Outcome.Measure)) }, policy.Audience, policy.RuleVersion);
    }

    private SuppressionReason? RefusalOf(BenchmarkContributor contributor) => EffectGate.RefusalOf(contributor.Estimate, policy);

    private ReleasedPool PoolOf(Benchmark benchmark)
    {
        var p = benchmark.Pooled!;
        return new ReleasedPool(
            benchmark.Contributors.Count,
            Measure(p.Point),
            Measure(p.StandardError),
            Measure(p.Low),
            Measure(p.High),
            policy.Number(NumberKind.PValue, p.PValue),
            Measure(Math.Sqrt(p.TauSquared)),
            policy.Number(NumberKind.Share, p.ISquared / 100),
            policy.Number(NumberKind.PValue, p.QPValue),
            Measure(p.PredictionLow),
            Measure(p.PredictionHigh),
            policy.Count(benchmark.Contributors.Sum(c => c.Estimate.Treated)));
    }

    private ReleasedOddsRatio RatioOf(PooledOddsRatio ratio) => new(Measure(ratio.OddsRatio), Measure(ratio.Low), Measure(ratio.High));

    private ReleasedMunicipality MunicipalityOf(BenchmarkContributor c, bool isInPool, BenchmarkPlace? place)
    {
        var refusal = RefusalOf(c);
        var e = c.Estimate;
        return new ReleasedMunicipality(
            c.Municipality,
            c.PlanId,
            isInPool,
            e.HoldsFor,
            Own(e.Point),
            Own(e.StandardError),
            Own(e.Low),
            Own(e.High),
            refusal is { } why ? Cell.Suppressed(why) : policy.Count(e.Treated),
            isInPool && refusal is null && place is not null ? PlaceOf(place) : null);

        Cell Own(double value) => refusal is { } reason ? Cell.Suppressed(reason) : Measure(value);
    }

    private ReleasedPlace PlaceOf(BenchmarkPlace p) => new(
        policy.Number(NumberKind.Share, p.WeightPercent / 100),
        Measure(p.Shrunken.Point),
        Measure(p.Shrunken.Low),
        Measure(p.Shrunken.High),
        p.Shrunken.ProbabilityBetter is { } better ? policy.Number(NumberKind.Share, better) : null,
        p.Without is { } w ? Measure(w.Point) : null,
        p.Without is { } l ? Measure(l.Low) : null,
        p.Without is { } h ? Measure(h.High) : null,
        policy.Number(NumberKind.StandardisedDifference, p.Funnel.Deviation));

    // The worst is one municipality's own number, and passes as its own balance does; a mean over a pool's part passes as a pool.
    private ReleasedPooledBalance BalanceOf(PooledBalance b, Benchmark benchmark)
    {
        var worst = benchmark.Contributors.First(c => c.Municipality == b.Worst);
        var own = RefusalOf(worst) ?? DiagnosticsGate.Release(worst.Diagnostics, policy).Balance.First(x => x.Covariate == b.Covariate).SmdAfter.Suppression;
        var participants = benchmark.Contributors
            .Where(c => c.Diagnostics.Balance.Any(x => x.Covariate == b.Covariate)).Select(c => c.Estimate.Treated).ToArray();
        var isFew = policy.RefusesPool(participants) is not null;
        return new ReleasedPooledBalance(b.Covariate, Mean(b.MeanBefore), Mean(b.MeanAfter), own is { } reason ? Cell.Suppressed(reason) : Smd(b.WorstAfter));

        Cell Mean(double value) => isFew ? Cell.Suppressed(SuppressionReason.FewPersons) : Smd(value);
    }

    private Cell Smd(double value) => policy.Number(NumberKind.StandardisedDifference, value);

    private Cell Measure(double value) => policy.Number(NumberKind.Measure, value);
}
