using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace SiOutcomeLab.Contract;

/// <summary>The covariates that a submission may carry. Read once from the embedded table; immutable.</summary>
public sealed class CovariateCatalogue
{
    private readonly FrozenDictionary<string, Covariate> _byCode;

    private CovariateCatalogue(IReadOnlyList<Covariate> all)
    {
        All = all;
        _byCode = all.ToFrozenDictionary(c => c.Code, StringComparer.Ordinal);
    }

    /// <summary>The catalogue of this version.</summary>
    public static CovariateCatalogue Current { get; } = Load();

    /// <summary>All covariates, in catalogue order.</summary>
    public IReadOnlyList<Covariate> All { get; }

    /// <summary>Finds a covariate by its code.</summary>
    /// <param name="code">The code; case matters.</param>
    /// <param name="covariate">The covariate, when there is one.</param>
    public bool TryFind(string code, [NotNullWhen(true)] out Covariate? covariate) => _byCode.TryGetValue(code, out covariate);

    private static CovariateCatalogue Load()
    {
        var all = new List<Covariate>();
        foreach (var row in CatalogueTable.Embedded("covariates.csv").Rows())
        {
            var kind = row.Word<ValueKind>("kind");
            var category = kind == ValueKind.Category;
            all.Add(new Covariate(
                row["code"],
                row["name_sv"],
                row["name_en"],
                row.List("aliases"),
                kind,
                row["unit_sv"],
                row["unit_en"],
                category ? null : row.Number("min"),
                category ? null : row.Number("max"),
                row.List("categories"),
                row.List("categories_sv"),
                row.Word<OwningSource>("owning_source"),
                row.Word<CatalogueScope>("scope")));
        }

        return new CovariateCatalogue(all);
    }
}
