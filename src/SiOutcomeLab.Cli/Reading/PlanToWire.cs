using System.Globalization;
using SiOutcomeLab.Domain.Plans;
using Wire = SiOutcomeLab.Protos.Plans.V1;

namespace SiOutcomeLab.Cli.Reading;

/// <summary>Plans and interventions as the wire carries them. The wire's enums carry the domain's numbers, one to one.</summary>
internal static class PlanToWire
{
    public static Wire.Intervention Of(Intervention intervention)
    {
        var wire = new Wire.Intervention
        {
            Organisation = intervention.Organisation.Code,
            Code = intervention.Code.Code,
            Method = intervention.Method,
            NameSv = intervention.Name.Sv,
            NameEn = intervention.Name.En,
        };
        if (intervention.CostPerParticipantSek is { } cost) wire.CostPerParticipantSek = cost.ToString(CultureInfo.InvariantCulture);
        if (intervention.PriceYear is { } year) wire.PriceYear = year;
        return wire;
    }

    public static Wire.EvaluationPlan Of(EvaluationPlan plan)
    {
        var wire = new Wire.EvaluationPlan
        {
            Id = plan.Id,
            Version = plan.Version,
            Organisation = plan.Organisation.Code,
            Project = plan.Project.Code,
            Intervention = plan.Intervention.Code,
            TitleSv = plan.Title.Sv,
            TitleEn = plan.Title.En,
            FirstIndex = plan.FirstIndex.ToString(),
            LastIndex = plan.LastIndex.ToString(),
            Primary = new Wire.OutcomeDefinition
            {
                Measure = plan.Primary.Measure.Code,
                HorizonPeriods = plan.Primary.HorizonPeriods,
                Summary = (Wire.OutcomeSummary)plan.Primary.Summary,
            },
            Pool = (Wire.ComparisonPool)plan.Pool,
            Estimator = (Wire.Estimator)plan.Estimator,
            TieOrder = (Wire.TieOrder)plan.TieOrder,
            MinimumTreated = plan.MinimumTreated,
            MinimumComparison = plan.MinimumComparison,
            ConfidenceLevel = plan.ConfidenceLevel,
            LookDueOn = plan.LookDueOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Seed = plan.Seed,
        };
        if (plan.SmallestWorthwhileEffect is { } size) wire.SmallestWorthwhileEffect = size;
        wire.TargetGroup.AddRange(plan.TargetGroup.Select(Of));
        wire.Covariates.AddRange(
            plan.Covariates.Select(
                c => new Wire.CovariateTerm { Variable = c.Variable, Lag = c.Lag, Baseline = c.Baseline ?? string.Empty }));
        wire.Sensitivity.AddRange(plan.Sensitivity.Select(e => (Wire.Estimator)e));
        SetBalancing(wire, plan.Balancing);
        return wire;
    }

    private static Wire.TargetCondition Of(TargetCondition condition)
    {
        var wire = new Wire.TargetCondition { Variable = condition.Variable, Lag = condition.Lag };
        if (condition.Minimum is { } minimum) wire.Minimum = minimum;
        if (condition.Maximum is { } maximum) wire.Maximum = maximum;
        if (condition.OneOf is { } levels) wire.OneOf.AddRange(levels);
        return wire;
    }

    private static void SetBalancing(Wire.EvaluationPlan wire, BalancingMethod balancing)
    {
        switch (balancing)
        {
            case BalancingMethod.EntropyBalancing:
                wire.EntropyBalancing = new Wire.EntropyBalancing();
                break;
            case BalancingMethod.InversePropensityWeighting:
                wire.InversePropensity = new Wire.InversePropensityWeighting();
                break;
            case BalancingMethod.NearestNeighbourMatching matching:
                wire.NearestNeighbour = new Wire.NearestNeighbourMatching
                {
                    Ratio = matching.Ratio,
                    OnLogit = matching.OnLogit,
                    Replacement = matching.Replacement,
                };
                if (matching.Caliper is { } width) wire.NearestNeighbour.Caliper = width;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(balancing), "A balancing method without a wire form.");
        }
    }
}
