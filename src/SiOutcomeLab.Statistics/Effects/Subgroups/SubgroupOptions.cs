namespace SiOutcomeLab.Statistics.Effects.Subgroups;

/// <summary>When a subgroup is large enough to be told about.</summary>
public sealed record SubgroupOptions
{
    /// <summary>Fewest rows with weight in either arm of a subgroup, at least 2.</summary>
    public int MinimumPerArm { get; init; } = 10;
}
