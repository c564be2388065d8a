using Microsoft.Extensions.Logging;
using Quartz;
using SiOutcomeLab.Pipelines.Benchmarks;

namespace SiOutcomeLab.Pipelines.Scheduling;

/// <summary>The recurring job that makes the benchmarks that are due; one that fails does not stop the others.</summary>
[DisallowConcurrentExecution]
public sealed class DueBenchmarksJob(DueBenchmarks due, BenchmarkPipeline pipeline, ILogger<DueBenchmarksJob> log) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        foreach (var inputs in await due.FindAsync(cancellationToken))
        {
            try
            {
                await pipeline.MakeAsync(inputs, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.BenchmarkFailed(log, inputs.Key.Method, inputs.Key.Outcome.Measure.Code, e);
            }
        }
    }
}
