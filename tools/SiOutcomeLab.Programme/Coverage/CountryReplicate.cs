using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SiOutcomeLab.Country.Delivering;
using SiOutcomeLab.Country.Making;
using SiOutcomeLab.Country.Small;
using SiOutcomeLab.Country.Trials;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Benchmarks;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Programme.Lab;

namespace SiOutcomeLab.Programme.Coverage;

/// <summary>
/// One small country from its deliveries to its benchmark, the way that a hub goes: history is delivered, plans are registered before any
/// outcome, each look's follow-up is delivered and what is due is run, and at last what benchmarks are due is made.
/// </summary>
internal sealed class CountryReplicate(StudyCase of, int number, ulong seed, ExpectedEffects expected)
{
    private const long MemoryBytes = 512L << 20;

    private readonly SmallCountry _small = SmallCountry.Make(of.OptionsOf(number, SeedOf(of, number, seed)));

    /// <summary>Runs it in a folder of its own, which may be removed afterwards.</summary>
    public async Task<CountryRow> RunAsync(string folder, CancellationToken cancellationToken)
    {
        var plans = Enumerable.Range(0, _small.Municipalities.Count).Select(PlanOf).ToArray();
        var first = plans.Min(p => p.FirstIndex);
        await using var lab = await CountryLab.OpenAsync(folder, first.Start, MemoryBytes, 1, cancellationToken);
        foreach (var design in _small.Country.Designs) await lab.RegisterInterventionsAsync(design, cancellationToken);
        var delivered = Wave.QuarterOf(first) - 1;
        await DeliverAsync(lab, new Wave(0, delivered), cancellationToken);
        foreach (var plan in plans) await lab.RegisterAsync(plan, cancellationToken);
        foreach (var look in plans[0].Looks)
        {
            var through = Wave.QuarterOf(look.LastIndex) + plans[0].Primary.HorizonPeriods;
            await DeliverAsync(lab, new Wave(delivered + 1, through), cancellationToken);
            delivered = through;
            lab.Clock.SetTo(look.DueOn);
            await lab.RunDueAsync(cancellationToken);
        }

        Benchmark? benchmark = null;
        foreach (var inputs in await lab.DueBenchmarks.FindAsync(cancellationToken))
        {
            var name = await lab.Benchmarks.MakeAsync(inputs, cancellationToken);
            benchmark = Read<Benchmark>((await lab.Catalogue.Benchmarks.ResultAsync(name, cancellationToken))!);
        }

        var places = new List<PlaceRow>();
        for (var at = 0; at < plans.Length; at++) places.Add(await PlaceOfAsync(lab, plans[at], at, benchmark, cancellationToken));
        return new CountryRow(of.Name, number, seed, CountryLab.CodeVersion, of.MethodOf(number), 0, places, PooledOf(benchmark));
    }

    /// <summary>The seed of a country: its own, whatever else is run.</summary>
    private static ulong SeedOf(StudyCase of, int number, ulong seed) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}|{of.Name}|{number}")));

    private EvaluationPlan PlanOf(int at) => _small.PlanOf(at) with { Pool = of.Pool };

    private async Task DeliverAsync(CountryLab lab, Wave wave, CancellationToken cancellationToken)
    {
        lab.Clock.SetTo(CountryRules.PeriodOf(wave.Last + 1).Start.AddDays(5));
        foreach (var delivery in DeliveryBytes.Of(_small.Country, _small.Municipalities, wave))
        {
            await lab.SendAsync(delivery.Manifest, delivery.Observations, delivery.Participations, cancellationToken);
        }
    }

    private async Task<PlaceRow> PlaceOfAsync(
        CountryLab lab, EvaluationPlan plan, int at, Benchmark? benchmark, CancellationToken cancellationToken)
    {
        var trials = _small.Trials(at).Followed();
        var multiplier = _small.Country.Designs[at].Interventions[0].Multiplier;
        var looks = new List<LookRow>();
        foreach (var look in plan.Looks)
        {
            var run = await lab.Catalogue.Runs.SucceededAsync(plan.Id, plan.Version, look.Number, cancellationToken)
                ?? throw new InvalidOperationException($"Look {look.Number} of plan {plan.Id} was not run.");
            var result = Read<EvaluationResult>((await lab.Catalogue.Runs.ResultAsync(run.Id, cancellationToken))!);
            looks.Add(LookOf(result, look, expected.At(of, of.MethodOf(number), multiplier, look.Number), trials));
        }

        var contributor = benchmark?.Contributors.FirstOrDefault(c => c.Municipality == plan.Organisation);
        return new PlaceRow(
            plan.Organisation.Code, multiplier, looks, contributor is null ? null : IntervalOf(contributor.Estimate),
            contributor?.Place?.Shrunken is { } s ? new IntervalRow(s.Point, s.StandardError, s.Low, s.High) : null);
    }

    private static LookRow LookOf(EvaluationResult result, PlannedLook look, double expected, TrialTable trials)
    {
        var last = Wave.QuarterOf(look.LastIndex);
        double sum = 0;
        var persons = 0;
        for (var i = 0; i < trials.Treated.Length; i++)
        {
            if (!trials.Treated[i] || trials.Quarter[i] > last) continue;
            sum += trials.TrueEffect[i];
            persons++;
        }

        var headline = result.Estimates[0];
        var point = headline.Estimate;
        if (point is not null && point.Treated != persons)
        {
            throw new InvalidOperationException($"{result.Plan.Id}: the estimate is of {point.Treated} participants, the truth of {persons}.");
        }

        return new LookRow(
            look.Number, result.Look!.NominalLevel, point?.Treated ?? 0, expected, persons == 0 ? double.NaN : sum / persons,
            point is null ? null : IntervalOf(point), point?.PValue, headline.NotEstimable?.Reason.ToString());
    }

    private static PooledRow? PooledOf(Benchmark? benchmark) => benchmark?.Pooled is not { } p ? null : new PooledRow(
        new IntervalRow(p.Point, p.StandardError, p.Low, p.High), p.PValue, p.TauSquared, p.PredictionLow, p.PredictionHigh,
        p.LargestCorrelation, benchmark.Contributors.Count);

    private static IntervalRow IntervalOf(PointEstimate p) => new(p.Point, p.StandardError, p.Low, p.High);

    private static T Read<T>(byte[] json) => JsonSerializer.Deserialize<T>(json, DomainJson.Options)
        ?? throw new InvalidOperationException("The stored result is empty.");
}
