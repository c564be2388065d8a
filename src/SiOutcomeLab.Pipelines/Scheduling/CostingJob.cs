using Quartz;
using SiOutcomeLab.Pipelines.Costing;

namespace SiOutcomeLab.Pipelines.Scheduling;

/// <summary>Puts one run in kronor, when that was not done right after it.</summary>
[DisallowConcurrentExecution]
public sealed class CostingJob(RunCosting costing, RunRoom room) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        using var place = await room.EnterAsync(cancellationToken);
        await costing.ExecuteAsync(context.MergedJobDataMap.GetString(EvaluationJob.RunKey)!, cancellationToken);
    }
}
