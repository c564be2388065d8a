using Quartz;
using SiOutcomeLab.Pipelines.Costing;
using SiOutcomeLab.Pipelines.Evaluation;

namespace SiOutcomeLab.Pipelines.Scheduling;

/// <summary>Executes one run and puts it in kronor. Asks the scheduler to recover it when the process dies in the middle.</summary>
[DisallowConcurrentExecution]
public sealed class EvaluationJob(RunExecutor executor, RunCosting costing, RunRoom room) : IJob
{
    /// <summary>The key of the run's identifier in the job data.</summary>
    public const string RunKey = "run";

    // Of jobs, of triggers, and of what a hub does at most so many of at once.
    internal const string Group = "evaluation";

    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var run = context.MergedJobDataMap.GetString(RunKey)!;
        using var place = await room.EnterAsync(cancellationToken);
        await executor.ExecuteAsync(run, cancellationToken);
        await costing.ExecuteAsync(run, cancellationToken);
    }
}
