using Microsoft.Extensions.Logging;
using Quartz;
using SiOutcomeLab.Pipelines.Costing;

namespace SiOutcomeLab.Pipelines.Scheduling;

/// <summary>The recurring job that pools the baselines that are due; one that fails does not stop the others.</summary>
[DisallowConcurrentExecution]
public sealed class DueCostPoolsJob(DueCostPools due, CostPooling pooling, ILogger<DueCostPoolsJob> log) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        foreach (var inputs in await due.FindAsync(cancellationToken))
        {
            try
            {
                await pooling.MakeAsync(inputs, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.CostPoolFailed(log, inputs.Method, inputs.MunicipalityGroup, e);
            }
        }
    }
}
