using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Time;
using Wire = SiOutcomeLab.Protos.Plans.V1;

namespace SiOutcomeLab.Mapping;

/// <summary>Plans on the wire and back. The wire's enums carry the domain's numbers, one to one.</summary>
public static class PlanMapping
{
    /// <summary>A registered plan.</summary>
    public static Wire.RegisteredPlan ToWire(RegisteredPlan registered) => new()
    {
        Name = $"plans/{registered.Plan.Id}",
        Plan = ToWire(registered.Plan),
        Hash = registered.Hash,
        Timing = ToWire(registered.Timing),
        RegisteredAt = Timestamp.FromDateTimeOffset(registered.RegisteredAt),
    };

    /// <summary>Prospective or retrospective.</summary>
    public static Wire.PlanTiming ToWire(PlanTiming timing) => (Wire.PlanTiming)timing;

    /// <summary>An estimator.</summary>
    public static Wire.Estimator ToWire(EstimatorKind estimator) => (Wire.Estimator)estimator;

    /// <summary>An outcome.</summary>
    public static Wire.OutcomeDefinition ToWire(OutcomeDefinition outcome) => new()
    {
        Measure = outcome.Measure.Code ?? string.Empty,
        HorizonPeriods = outcome.HorizonPeriods,
        Summary = (Wire.OutcomeSummary)outcome.Summary,
    };

    /// <summary>Reads an outcome.</summary>
    internal static OutcomeDefinition ToDomain(Wire.OutcomeDefinition wire) =>
        new(new MeasureCode(wire.Measure), wire.HorizonPeriods, (OutcomeSummary)wire.Summary);

    /// <summary>A plan; what one read from an unfinished file lacks is unset.</summary>
    public static Wire.EvaluationPlan ToWire(EvaluationPlan plan)
    {
        var wire = new Wire.EvaluationPlan
        {
            Id = plan.Id ?? string.Empty,
            Version = plan.Version,
            Organisation = plan.Organisation.Code ?? string.Empty,
            Project = plan.Project.Code ?? string.Empty,
            Intervention = plan.Intervention.Code ?? string.Empty,
            TitleSv = plan.Title?.Sv ?? string.Empty,
            TitleEn = plan.Title?.En ?? string.Empty,
            FirstIndex = plan.FirstIndex == default ? string.Empty : plan.FirstIndex.ToString(),
            LastIndex = plan.LastIndex == default ? string.Empty : plan.LastIndex.ToString(),
            Primary = plan.Primary is null ? null : ToWire(plan.Primary),
            Pool = (Wire.ComparisonPool)plan.Pool,
            Estimator = ToWire(plan.Estimator),
            TieOrder = (Wire.TieOrder)plan.TieOrder,
            MinimumTreated = plan.MinimumTreated,
            MinimumComparison = plan.MinimumComparison,
            ConfidenceLevel = plan.ConfidenceLevel,
            LookDueOn = plan.LookDueOn == default ? string.Empty : plan.LookDueOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Seed = plan.Seed,
        };
        if (plan.SmallestWorthwhileEffect is { } size) wire.SmallestWorthwhileEffect = size;
        wire.TargetGroup.AddRange((plan.TargetGroup ?? []).Select(ToWire));
        wire.Covariates.AddRange(
            (plan.Covariates ?? []).Select(c => new Wire.CovariateTerm { Variable = c.Variable, Lag = c.Lag, Baseline = c.Baseline ?? string.Empty }));
        wire.Sensitivity.AddRange((plan.Sensitivity ?? []).Select(ToWire));
        if (plan.Balancing is not null) BalancingMapping.Set(wire, plan.Balancing);
        PlanOptionsMapping.Set(wire, plan);
        return wire;
    }

    /// <summary>Reads a plan that a caller sent.</summary>
    /// <exception cref="FieldsInvalidException">A field cannot be read; every such field is named.</exception>
    public static EvaluationPlan ToDomain(Wire.EvaluationPlan? wire)
    {
        if (wire is null) throw new FieldsInvalidException([("plan", "must be present.")]);
        var problems = new List<(string Field, string Problem)>();
        Check(Period.TryParse(wire.FirstIndex, out var first), "first_index", "must be a period such as 2025, 2025-Q1 or 2025-01.");
        Check(Period.TryParse(wire.LastIndex, out var last) && last.Length == first.Length, "last_index", "must be a period of the same length as first_index.");
        Check(wire.Primary is not null && IsNamed(wire.Primary.Summary), "primary", "must name a measure, a horizon and a summary.");
        Check(IsNamed(wire.Pool), "pool", "must be one of the named pools.");
        Check(IsNamed(wire.Estimator), "estimator", "must be one of the named estimators.");
        Check(wire.Sensitivity.All(IsNamed), "sensitivity", "must be named estimators.");
        Check(System.Enum.IsDefined(wire.TieOrder), "tie_order", "must be one of the named orders.");
        Check(
            DateOnly.TryParseExact(wire.LookDueOn, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var dueOn),
            "look_due_on",
            "must be a date, YYYY-MM-DD.");
        var balancing = BalancingMapping.Read(wire);
        Check(balancing is not null, "balancing", "must be one of the named balancing methods.");
        problems.AddRange(PlanOptionsMapping.Unreadable(wire, first.Length));
        if (problems.Count > 0) throw new FieldsInvalidException(problems);
        var plan = new EvaluationPlan(
            wire.Id,
            wire.Version,
            new OrganisationId(wire.Organisation),
            new ProjectId(wire.Project),
            new InterventionCode(wire.Intervention),
            new BilingualText(wire.TitleSv, wire.TitleEn),
            first.Length,
            first,
            last,
            [.. wire.TargetGroup.Select(ToDomain)],
            ToDomain(wire.Primary!),
            [.. wire.Covariates.Select(c => new CovariateTerm(c.Variable, c.Lag, c.Baseline.Length == 0 ? null : c.Baseline))],
            (ComparisonPool)wire.Pool,
            balancing!,
            (EstimatorKind)wire.Estimator,
            [.. wire.Sensitivity.Select(e => (EstimatorKind)e)],
            wire.TieOrder == Wire.TieOrder.Unspecified ? TieOrder.Pseudonym : (TieOrder)wire.TieOrder,
            wire.MinimumTreated,
            wire.MinimumComparison,
            wire.HasSmallestWorthwhileEffect ? wire.SmallestWorthwhileEffect : null,
            wire.ConfidenceLevel == 0 ? 0.95 : wire.ConfidenceLevel,
            dueOn,
            wire.Seed);
        return PlanOptionsMapping.Read(plan, wire);

        void Check(bool holds, string field, string problem)
        {
            if (!holds) problems.Add((field, problem));
        }
    }

    private static Wire.TargetCondition ToWire(TargetCondition condition)
    {
        var wire = new Wire.TargetCondition { Variable = condition.Variable, Lag = condition.Lag };
        if (condition.Minimum is { } minimum) wire.Minimum = minimum;
        if (condition.Maximum is { } maximum) wire.Maximum = maximum;
        if (condition.OneOf is { } levels) wire.OneOf.AddRange(levels);
        return wire;
    }

    private static TargetCondition ToDomain(Wire.TargetCondition wire) => new(
        wire.Variable,
        wire.Lag,
        wire.HasMinimum ? wire.Minimum : null,
        wire.HasMaximum ? wire.Maximum : null,
        wire.OneOf.Count == 0 ? null : [.. wire.OneOf]);

    // Zero is "not stated" in every enum of the contract.
    internal static bool IsNamed<T>(T value)
        where T : struct, System.Enum => System.Enum.IsDefined(value) && Convert.ToInt32(value, CultureInfo.InvariantCulture) != 0;
}
