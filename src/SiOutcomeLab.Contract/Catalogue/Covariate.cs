namespace SiOutcomeLab.Contract;

/// <summary>A person's property known before event time 0, as the covariate catalogue describes it.</summary>
/// <param name="Code">Its code, also its column name in <c>observations</c>.</param>
/// <param name="NameSv">Its name in Swedish.</param>
/// <param name="NameEn">Its name in English.</param>
/// <param name="Aliases">Other headings it is known by in exports.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="UnitSv">Its unit in Swedish; "kategori" for a category.</param>
/// <param name="UnitEn">Its unit in English; "category" for a category.</param>
/// <param name="Minimum">The smallest allowed number, inclusive; null for a category.</param>
/// <param name="Maximum">The largest allowed number, inclusive; null for a category.</param>
/// <param name="Categories">The allowed texts of a category, in catalogue order; empty for a number.</param>
/// <param name="CategoriesSv">The Swedish words for the categories, in the same order.</param>
/// <param name="OwningSource">The kind of organisation whose statement counts.</param>
/// <param name="Scope">Where it may be used.</param>
public sealed record Covariate(
    string Code,
    string NameSv,
    string NameEn,
    IReadOnlyList<string> Aliases,
    ValueKind Kind,
    string UnitSv,
    string UnitEn,
    double? Minimum,
    double? Maximum,
    IReadOnlyList<string> Categories,
    IReadOnlyList<string> CategoriesSv,
    OwningSource OwningSource,
    CatalogueScope Scope);
