using SiOutcomeLab.Economics.Costs;

namespace SiOutcomeLab.Hub.Features.Costs;

/// <summary>Names of kronor, <c>costs/{id}</c>, and of their parts, <c>costs/{id}/{part}</c>.</summary>
internal static class CostNames
{
    public const string Kind = "costs";
    public const string Saving = "saving";

    public static string PartOf(BaselineKind kind) => kind switch
    {
        BaselineKind.TargetGroup => "target-group",
        BaselineKind.Counterfactual => "counterfactual",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown baseline."),
    };

    /// <summary>The kronor that a part's name is of, and the part; null when it is no such name.</summary>
    public static (string Costs, string Part)? Cut(string name)
    {
        if (ResourceName.Id(Kind, name) is null) return null;
        var at = name.LastIndexOf('/');
        return at > Kind.Length ? (name[..at], name[(at + 1)..]) : null;
    }
}
