using System.Security.Cryptography;
using System.Text;
using SiOutcomeLab.Domain.Benchmarks;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Benchmarks;

/// <summary>The plans of one method and primary outcome, each at its latest look that a run has succeeded at.</summary>
/// <param name="Key">The method and outcome.</param>
/// <param name="Looks">The looks, by municipality and then by plan.</param>
public sealed record BenchmarkInputs(BenchmarkKey Key, IReadOnlyList<CurrentLook> Looks)
{
    /// <summary>Hash of plans, looks and runs.</summary>
    public string RunsHash => HashOf(Looks.Select(l => $"{l.Registered.Hash} {l.Look} {l.RunId}"));

    /// <summary>The largest sequence among the runs.</summary>
    public long NewestRun => Looks.Max(l => l.RunSequence);

    /// <summary>Hash of everything that the numbers follow from.</summary>
    /// <param name="snapshotHash">The common snapshot's.</param>
    public string HashWith(string snapshotHash) => HashOf([RunsHash, snapshotHash]);

    /// <summary>All benchmarks that the looks of the catalogue make, by key.</summary>
    /// <param name="looks">The latest looks; those of organisations other than municipalities make none.</param>
    public static IReadOnlyList<BenchmarkInputs> Of(IEnumerable<CurrentLook> looks) =>
    [
        .. looks.Where(l => l.Registered.Plan.Organisation.IsMunicipality)
            .GroupBy(l => KeyOf(l.Registered.Plan, l.Method))
            .OrderBy(g => g.Key.Canonical, StringComparer.Ordinal)
            .Select(g => new BenchmarkInputs(
                g.Key,
                [
                    .. g.OrderBy(l => l.Registered.Plan.Organisation.Code, StringComparer.Ordinal)
                        .ThenBy(l => l.Registered.Plan.Id, StringComparer.Ordinal),
                ])),
    ];

    private static BenchmarkKey KeyOf(EvaluationPlan plan, string method) => new(plan.Project, method, plan.PeriodLength, plan.Primary);

    private static string HashOf(IEnumerable<string> lines) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
}
