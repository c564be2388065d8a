using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Cohorts.Reading;

namespace SiOutcomeLab.Pipelines.Cohorts.Pools;

/// <summary>Which submissions a plan may read.</summary>
internal static class PlanPool
{
    /// <summary>
    /// Whether a plan may read a submission in a pool: its own organisation's that allows own evaluation, and others' that allow comparison
    /// for others when they are in the pool. A region or agency that owns a measure of the plan tells of it in every pool.
    /// </summary>
    public static bool MayRead(EvaluationPlan plan, ComparisonPool pool, Submission submission) => Of(plan, pool)(submission);

    /// <summary>As <see cref="MayRead"/>, made ready for the thousands of submissions of a national project.</summary>
    public static Func<Submission, bool> Of(EvaluationPlan plan, ComparisonPool pool)
    {
        string[]? variables = null;
        var mayTell = new Dictionary<OrganisationId, bool>();
        return MayRead;

        bool MayRead(Submission submission)
        {
            if (submission.Organisation == plan.Organisation) return submission.AllowedUses.HasFlag(AllowedUses.OwnEvaluation);
            if (!submission.AllowedUses.HasFlag(AllowedUses.ComparisonForOthers)) return false;
            if (pool is ComparisonPool.Project or ComparisonPool.Similar) return true;
            if (mayTell.TryGetValue(submission.Organisation, out var may)) return may;
            may = submission.Organisation.IsMunicipality
                ? pool == ComparisonPool.MunicipalityGroup && AreOfOneGroup(plan.Organisation.Code, submission.Organisation.Code)
                : OwnedMeasures.Of(submission.Organisation, variables ??= VariablesOf(plan)).Count > 0;
            mayTell.Add(submission.Organisation, may);
            return may;
        }
    }

    /// <summary>Whether a submission is read for all municipalities' plans together: some plan may read it.</summary>
    public static bool IsShared(Submission submission) => submission.AllowedUses.HasFlag(AllowedUses.ComparisonForOthers)
        || (submission.Organisation.IsMunicipality && submission.AllowedUses.HasFlag(AllowedUses.OwnEvaluation));

    private static string[] VariablesOf(EvaluationPlan plan)
    {
        var options = TrialOptions.Of(plan);
        return
        [
            .. plan.Covariates.Select(c => c.Variable), .. plan.TargetGroup.Select(t => t.Variable),
            .. options.Outcomes.Select(o => o.Outcome.Measure.Code), .. options.HeldOut.Select(h => h.Variable),
        ];
    }

    private static bool AreOfOneGroup(string one, string other) =>
        MunicipalityGroups.Current.TryFind(one, out var group) && MunicipalityGroups.Current.TryFind(other, out var others) && group == others;
}
