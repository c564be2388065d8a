using System.Security.Cryptography;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Scheduling;

/// <summary>What plans may read at one moment; each project is asked for once.</summary>
internal sealed class PlanData(ISubmissionCatalogue submissions)
{
    private readonly Dictionary<ProjectId, IReadOnlyList<Submission>> _inProject = [];

    /// <summary>
    /// What a look's run would read; null while the plan's own organisation has not sent the last horizon: a run on half the follow-up would
    /// answer another question.
    /// </summary>
    public async Task<Snapshot?> ForAsync(EvaluationPlan plan, PlannedLook look, CancellationToken cancellationToken)
    {
        if (!_inProject.TryGetValue(plan.Project, out var inProject))
        {
            _inProject[plan.Project] = inProject = await submissions.InProjectAsync(plan.Project, cancellationToken);
        }

        var needed = look.LastIndex.Plus(plan.Primary.HorizonPeriods);
        return inProject.Any(s => s.Organisation == plan.Organisation && s.PeriodLength == plan.PeriodLength && s.LastPeriod >= needed)
            ? CohortBuilder.SnapshotFor(plan, inProject)
            : null;
    }

    /// <summary>A new run's identifier, unguessable.</summary>
    public static string NewRunId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
