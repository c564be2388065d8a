namespace SiOutcomeLab.Contract;

/// <summary>A person's property known before event time 0, as the covariate catalogue describes it.</summary>
/// <param name="Code">Its code, also its column name in <c>observations</c>.</param>
/// <param name="NameSv">Its name in Swedish.</param>
/// <param name="NameEn">Its name in English.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Minimum">The smallest allowed number, inclusive; null for a category.</param>
/// <param name="Maximum">The largest allowed number, inclusive; null for a category.</param>
/// <param name="Categories">The allowed texts of a category, in catalogue order; empty for a number.</param>
/// <param name="Scope">Where it may be used.</param>
public sealed record Covariate(
    string Code,
    string NameSv,
    string NameEn,
    ValueKind Kind,
    double? Minimum,
    double? Maximum,
    IReadOnlyList<string> Categories,
    CatalogueScope Scope);
