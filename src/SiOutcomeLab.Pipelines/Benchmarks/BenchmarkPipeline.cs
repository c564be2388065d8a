using System.Text.Json;
using SiOutcomeLab.Disclosure.Benchmarks;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Benchmarks;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Cohorts.Reading;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Benchmarks;

/// <summary>
/// Makes a benchmark: every plan's headline again on one common list of submissions, pooled inside at full precision with the covariance
/// that shared persons cause, and what of it may be shown.
/// </summary>
/// <param name="catalogue">The catalogue.</param>
/// <param name="lake">The lake.</param>
/// <param name="followUp">What has been read of the lake, shared with the runs.</param>
/// <param name="policyOf">The disclosure policy of a data policy; <see cref="Policies.For"/> outside of tests.</param>
/// <param name="codeVersion">The version of the code, for the lineage.</param>
/// <param name="time">The clock.</param>
public sealed class BenchmarkPipeline(
    ICatalogue catalogue, ILake lake, FollowUpCache followUp, Func<DataPolicy, DisclosurePolicy> policyOf, string codeVersion, TimeProvider time)
{
    private const double Level = 0.95;

    /// <summary>Makes and stores a benchmark.</summary>
    /// <param name="inputs">The plans and their looks.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <returns>Its name.</returns>
    /// <exception cref="LakeObjectMissingException">A file has been erased in the meantime; what remains is taken up at the next turn.</exception>
    public async Task<string> MakeAsync(BenchmarkInputs inputs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var (stored, _) = await ComputeAsync(inputs, cancellationToken);
        await catalogue.Benchmarks.StoreAsync(stored, cancellationToken);
        return stored.Stamp.Name;
    }

    internal async Task<(StoredBenchmark Stored, Benchmark Whole)> ComputeAsync(BenchmarkInputs inputs, CancellationToken cancellationToken)
    {
        var live = await catalogue.Submissions.InProjectAsync(inputs.Key.Project, cancellationToken);
        var common = Snapshot.Of(inputs.Key.Project, live.Where(s => s.AllowedUses.HasFlag(AllowedUses.PooledResults)));
        var evaluation = new CommonEvaluation(catalogue, new CohortBuilder(lake, catalogue, followUp), Level);
        foreach (var municipality in inputs.Looks.GroupBy(l => l.Registered.Plan.Organisation))
        {
            await evaluation.AddAsync(municipality, common, cancellationToken);
        }

        var now = time.GetUtcNow();
        var bare = new Benchmark(
            inputs.Key, Level, BenchmarkModel.TwoStage, evaluation.Contributors, evaluation.Absent, null, null, null, [], StrictestOf(common),
            new BenchmarkLineage(common.Hash, inputs.HashWith(common.Hash), codeVersion, now));
        var direction = MeasureVocabulary.Of(inputs.Key.Outcome.Measure).Direction;
        var covariance = evaluation.Persons.Covariance();
        var whole = BenchmarkPool.Pool(bare, covariance, direction, cancellationToken);

        var gate = new BenchmarkGate(policyOf(whole.Policy));
        var shown = gate.Basis(whole).ToHashSet();
        var rows = Enumerable.Range(0, bare.Contributors.Count).Where(i => shown.Contains(bare.Contributors[i].Municipality)).ToArray();
        var narrowed = rows.Length == bare.Contributors.Count
            ? whole
            : BenchmarkPool.Pool(
                bare with { Contributors = [.. rows.Select(i => bare.Contributors[i])] },
                BenchmarkPool.Select(covariance, bare.Contributors.Count, rows), direction, cancellationToken);
        var release = gate.Release(whole, narrowed, MeasureVocabulary.Of);
        var stamp = new BenchmarkStamp(release.Value.Name, inputs.RunsHash, common.Hash);
        var result = JsonSerializer.SerializeToUtf8Bytes(whole, DomainJson.Options);
        return (new StoredBenchmark(inputs.Key, stamp, inputs.NewestRun, common, result, release, now), whole);
    }

    // One submission of personal data makes the whole result personal.
    private static DataPolicy StrictestOf(Snapshot snapshot) =>
        snapshot.Submissions.Count > 0 && snapshot.Submissions.All(s => s.Policy == DataPolicy.OpenData) ? DataPolicy.OpenData : DataPolicy.Standard;
}
