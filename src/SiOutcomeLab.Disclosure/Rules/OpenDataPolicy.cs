namespace SiOutcomeLab.Disclosure.Rules;

/// <summary>
/// The rules for teaching data: microdata that anybody can already download. Numbers are shown exactly, so that they can be compared
/// digit by digit with other software. A result that rests on any other data never comes under this policy.
/// </summary>
public sealed class OpenDataPolicy : DisclosurePolicy
{
    private OpenDataPolicy()
        : base("open-data-1", Audience.Public)
    {
    }

    /// <summary>The policy.</summary>
    public static OpenDataPolicy Instance { get; } = new();

    internal override Cell Count(int persons) => Cell.Shown(persons);

    internal override Cell Number(NumberKind kind, double value) => Cell.Shown(value);

    internal override Cell ShareOf(double share, int group) => Cell.Shown(share);

    internal override SuppressionReason? Refuses(ModelBasis basis) => null;

    internal override SuppressionReason? RefusesCategories(double yes, double no) => null;

    internal override bool AllowsDifference(int difference) => true;

    internal override SuppressionReason? RefusesSum(SumBasis basis) => null;

    internal override double KronaStep(double largest) => 0.01;

    internal override SuppressionReason? RefusesPool(IReadOnlyList<int> participants) => null;
}
