using Grpc.Core;
using SiOutcomeLab.Cli.Calls;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Protos.Benchmarks.V1;
using SiOutcomeLab.Protos.Costs.V1;

namespace SiOutcomeLab.Cli.Demo;

/// <summary>One method over the made country, all the way to kronor: what municipalities found, what it comes to together, who saves.</summary>
/// <param name="Benchmark">The method over municipalities.</param>
/// <param name="Savings">The savings that could be counted, by plan and set of unit costs.</param>
/// <param name="TargetGroups">What the target groups cost.</param>
/// <param name="Counterfactuals">What participants would have cost.</param>
internal sealed record MethodStory(
    Benchmark Benchmark, IReadOnlyList<Saving> Savings, IReadOnlyList<CostBaseline> TargetGroups, IReadOnlyList<CostBaseline> Counterfactuals)
{
    /// <summary>The method that moves a budget by something that unit costs price: days of placement.</summary>
    public const string Method = "familjeterapi";

    /// <summary>The way of reckoning that the story is told in; the others stand beside it.</summary>
    public const string Set = "full-cost";

    private const int Shown = 5;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Some of the municipalities in the pool, by code, those with kronor first.</summary>
    public IReadOnlyList<BenchmarkMunicipality> Municipalities =>
    [
        .. Benchmark.Municipalities.Where(m => m.Place is not null)
            .OrderBy(m => SavingOf(m, Set) is null).ThenBy(m => m.Municipality, StringComparer.Ordinal)
            .Take(Shown).OrderBy(m => m.Municipality, StringComparer.Ordinal),
    ];

    /// <summary>The municipality that the saving is shown by actor of: the first that has one.</summary>
    public Saving? First => Municipalities.Select(m => SavingOf(m, Set)).FirstOrDefault(s => s is not null);

    public Saving? SavingOf(BenchmarkMunicipality m, string set) =>
        Savings.FirstOrDefault(s => s.Subject.Plan == m.Plan && s.Terms.UnitCostSet == set);

    public static CostBaseline? Of(IReadOnlyList<CostBaseline> baselines, string plan) =>
        baselines.FirstOrDefault(b => b.Subject.Plan == plan && b.Terms.UnitCostSet == Set);

    /// <summary>Waits until the hub has pooled and put in kronor what its runs found.</summary>
    /// <param name="hub">The hub, as a steward.</param>
    /// <param name="plans">How many plans of the method there are; each has been run.</param>
    /// <param name="time">The clock.</param>
    /// <param name="patience">How long it may take.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="CommandException">It took longer.</exception>
    public static async Task<MethodStory> ReadAsync(
        HubConnection hub, int plans, TimeProvider time, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var filter = new CostFilter { Method = Method };
        try
        {
            while (true)
            {
                var benchmark = await hub.BenchmarksAsync(new BenchmarkFilter { Method = Method }, either.Token).FirstOrDefaultAsync(either.Token);
                // A plan that has been run is a municipality of the benchmark, or among those that do not contribute.
                var isWhole = benchmark is not null && benchmark.Municipalities.Count + benchmark.Absent.Count == plans;
                var counted = isWhole ? await hub.SavingsAsync(filter, includeMissing: true, either.Token).ToListAsync(either.Token) : [];
                if (counted.Where(s => s.Terms.UnitCostSet == Set).Select(s => s.Subject.Plan).Distinct().Count() == plans)
                {
                    return new MethodStory(
                        benchmark!,
                        [.. counted.Where(s => s.Status == SavingStatus.Counted)],
                        await hub.CostBaselinesAsync(BaselineKind.TargetGroup, filter, either.Token).ToListAsync(either.Token),
                        await hub.CostBaselinesAsync(BaselineKind.Counterfactual, filter, either.Token).ToListAsync(either.Token));
                }

                await Task.Delay(PollInterval, time, either.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or RpcException
            && limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new CommandException(
                ExitCode.TimedOut,
                new("Sammanvägning och kronor blev inte klara i tid.", "The benchmark and the kronor were not finished in time."),
                new(
                    "Kör igen på en maskin med mindre att göra, eller läs hubbens varningar ovan.",
                    "Run again on a less busy machine, or read the hub's warnings above."));
        }
    }
}
