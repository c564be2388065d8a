namespace SiOutcomeLab.Disclosure.Rules;

/// <summary>A named set of disclosure rules. Policies are made in this assembly only: nobody else can decide what may be shown.</summary>
public abstract class DisclosurePolicy
{
    private protected DisclosurePolicy(string ruleVersion, Audience audience)
    {
        RuleVersion = ruleVersion;
        Audience = audience;
    }

    /// <summary>The rules' name and version, e.g. <c>standard-1</c>.</summary>
    public string RuleVersion { get; }

    /// <summary>The widest audience of what passes.</summary>
    public Audience Audience { get; }

    /// <summary>A number of persons as it may be shown.</summary>
    internal abstract Cell Count(int persons);

    /// <summary>A number computed from persons, as it may be shown once <see cref="Refuses(ModelBasis)"/> has let its model pass.</summary>
    internal abstract Cell Number(NumberKind kind, double value);

    /// <summary>A share of a group as it may be shown once its own number of persons may be.</summary>
    /// <param name="share">The share, in [0, 1].</param>
    /// <param name="group">The group's number of persons.</param>
    internal abstract Cell ShareOf(double share, int group);

    /// <summary>Why nothing of a model may be shown, or null when it may.</summary>
    internal abstract SuppressionReason? Refuses(ModelBasis basis);

    /// <summary>Why a statistic of a yes-or-no variable may not be shown, or null when it may.</summary>
    /// <param name="yes">Persons with yes in the group.</param>
    /// <param name="no">Persons with no in the group.</param>
    internal abstract SuppressionReason? RefusesCategories(double yes, double no);

    /// <summary>Whether a step of the sample flow may be shown beside the step before it.</summary>
    /// <param name="difference">Persons lost between the two; not negative.</param>
    internal abstract bool AllowsDifference(int difference);

    /// <summary>Why a sum or mean of persons' amounts may not be shown, or null when it may.</summary>
    internal abstract SuppressionReason? RefusesSum(SumBasis basis);

    /// <summary>What kronor of a table are shown in whole steps of.</summary>
    /// <param name="largest">The table's largest amount, without sign.</param>
    internal abstract double KronaStep(double largest);

    /// <summary>Why nothing may be shown of what several organisations' persons are pooled to, or null when it may.</summary>
    /// <param name="participants">Participants by contributor.</param>
    internal abstract SuppressionReason? RefusesPool(IReadOnlyList<int> participants);
}

/// <summary>What a model's numbers rest on.</summary>
/// <param name="Treated">Participants.</param>
/// <param name="Comparison">Comparison persons.</param>
/// <param name="EffectiveComparison">Kish's effective number of comparison persons.</param>
/// <param name="ResidualDegreesOfFreedom">Persons minus parameters.</param>
internal sealed record ModelBasis(int Treated, int Comparison, double EffectiveComparison, int ResidualDegreesOfFreedom);

/// <summary>What a number is, which decides how it is rounded.</summary>
internal enum NumberKind
{
    /// <summary>An effect, mean, standard error or interval end, in the measure's unit.</summary>
    Measure = 1,

    /// <summary>A p-value.</summary>
    PValue = 2,

    /// <summary>A share in [0, 1].</summary>
    Share = 3,

    /// <summary>A standardised mean difference.</summary>
    StandardisedDifference = 4,

    /// <summary>An effective number of persons.</summary>
    EffectiveNumber = 5,

    /// <summary>An E-value or Rosenbaum's Γ.</summary>
    Robustness = 6,
}
