using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Mapping;
using SiOutcomeLab.Pipelines.Evaluation;
using Wire = SiOutcomeLab.Protos.Plans.V1;

namespace SiOutcomeLab.Hub.Features.Plans;

/// <summary>
/// What a registration demands before any money is given: what is measured and when, against whom, alike in what, by how many, what would be
/// worth the money, when one looks and when the results are due. Everything that is missing or not allowed is told at once.
/// </summary>
internal static class RegistrationDemands
{
    /// <summary>Reads a plan for registration.</summary>
    /// <exception cref="FieldsInvalidException">Something is missing or not allowed; every such field is named.</exception>
    public static EvaluationPlan Read(Wire.EvaluationPlan? wire)
    {
        var problems = Problems(wire, out var plan);
        return problems.Count == 0 ? plan! : throw new FieldsInvalidException(problems);
    }

    /// <summary>Reads a plan whose money and dates may still be open, for a question asked before it is registered.</summary>
    /// <exception cref="FieldsInvalidException">Something else is missing or not allowed; every such field is named.</exception>
    public static EvaluationPlan ReadUnfinished(Wire.EvaluationPlan wire)
    {
        var plan = PlanMapping.ToDomain(wire);
        // Its versions and reasons are for registration to judge.
        (string Field, string Problem)[] breaches = [.. PlanRules.Breaches(plan).Where(b => b.Field is not ("version" or "amendment_reason"))];
        return breaches.Length == 0 ? plan : throw new FieldsInvalidException(breaches);
    }

    /// <summary>What stands between a plan and registration, each field once; the plan when it can be read.</summary>
    public static IReadOnlyList<(string Field, string Problem)> Problems(Wire.EvaluationPlan? wire, out EvaluationPlan? plan)
    {
        var found = new List<(string Field, string Problem)>();
        plan = null;
        try
        {
            plan = PlanMapping.ToDomain(wire);
            found.AddRange(PlanRules.Breaches(plan));
        }
        catch (FieldsInvalidException e)
        {
            found.AddRange(e.Fields);
        }

        if (wire is not null) found.AddRange(Missing(wire).Where(m => !found.Exists(f => f.Field == m.Field)));
        return found;
    }

    private static IEnumerable<(string Field, string Problem)> Missing(Wire.EvaluationPlan wire)
    {
        if (wire.Primary is null) yield return ("primary", "must name a measure, a horizon and a summary.");
        if (wire.Covariates.Count == 0) yield return ("covariates", "must name what the groups are to be alike in.");
        if (wire.MinimumTreated == 0) yield return ("minimum_treated", "must be stated: fewer participants give no estimate.");
        if (wire.MinimumComparison == 0) yield return ("minimum_comparison", "must be stated: fewer comparison persons give no estimate.");
        if (!wire.HasSmallestWorthwhileEffect) yield return ("smallest_worthwhile_effect", "must be stated: the effect that would be worth the money.");
        if (wire.ResultsDueOn.Length == 0) yield return ("results_due_on", "must be stated: the day on which the results are due.");
    }
}
