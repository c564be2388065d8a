using Quartz;
using SiOutcomeLab.Pipelines.Evaluation;

namespace SiOutcomeLab.Pipelines.Scheduling;

/// <summary>Executes one run. Asks the scheduler to recover it when the process dies in the middle.</summary>
[DisallowConcurrentExecution]
public sealed class EvaluationJob(RunExecutor executor) : IJob
{
    /// <summary>The key of the run's identifier in the job data.</summary>
    public const string RunKey = "run";

    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await executor.ExecuteAsync(context.MergedJobDataMap.GetString(RunKey)!, cancellationToken);
}
