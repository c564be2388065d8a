using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Disclosure.Rules;

/// <summary>The policy that goes with the data a result rests on.</summary>
public static class Policies
{
    /// <summary>The policy of a data policy.</summary>
    public static DisclosurePolicy For(DataPolicy policy) => policy switch
    {
        DataPolicy.OpenData => OpenDataPolicy.Instance,
        DataPolicy.Standard => StandardPolicy.Instance,
        _ => throw new ArgumentOutOfRangeException(nameof(policy), policy, "Unknown data policy; a result without a policy is never released."),
    };
}
