namespace SiOutcomeLab.Economics.Baselines;

/// <summary>What a baseline is of.</summary>
/// <param name="Subject">The target group, or the method whose participants it is about.</param>
/// <param name="MunicipalityGroup">The group of municipalities, or <see cref="WholeCountry"/>.</param>
/// <param name="HorizonYears">How many years after the start it looks; 1 or more.</param>
public sealed record BaselineScope(string Subject, string MunicipalityGroup, int HorizonYears)
{
    /// <summary>Every municipality, whichever group it is in.</summary>
    public const string WholeCountry = "all";
}
