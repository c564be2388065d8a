using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Measures;

namespace SiOutcomeLab.Contract;

/// <summary>The measures that a submission may carry and a plan may name. Read once from the embedded table; immutable.</summary>
public sealed class MeasureCatalogue
{
    private readonly FrozenDictionary<string, Measure> _byCode;

    private MeasureCatalogue(IReadOnlyList<Measure> all)
    {
        All = all;
        _byCode = all.ToFrozenDictionary(m => m.Code.Code, StringComparer.Ordinal);
    }

    /// <summary>The catalogue of this version.</summary>
    public static MeasureCatalogue Current { get; } = Load();

    /// <summary>All measures, in catalogue order.</summary>
    public IReadOnlyList<Measure> All { get; }

    /// <summary>Finds a measure by its code.</summary>
    /// <param name="code">The code; case matters.</param>
    /// <param name="measure">The measure, when there is one.</param>
    public bool TryFind(string code, [NotNullWhen(true)] out Measure? measure) => _byCode.TryGetValue(code, out measure);

    private static MeasureCatalogue Load()
    {
        var all = new List<Measure>();
        foreach (var row in CatalogueTable.Embedded("measures.csv").Rows())
        {
            var kind = row.Word<ValueKind>("kind");
            if (kind == ValueKind.Category) throw row.Bad("kind");
            var ceiling = row["max"] switch
            {
                "days_in_period" => MeasureCeiling.DaysInPeriod,
                "months_in_period" => MeasureCeiling.MonthsInPeriod,
                _ => MeasureCeiling.Fixed,
            };
            all.Add(new Measure(
                new MeasureCode(row["code"]),
                row["name_sv"],
                row["name_en"],
                kind,
                row["unit_sv"],
                row["unit_en"],
                row.Number("min"),
                ceiling,
                ceiling == MeasureCeiling.Fixed ? row.Number("max") : null,
                row.Word<MeasureDirection>("direction"),
                row.Word<OwningSource>("owning_source"),
                row["budget_item"],
                row["is_rate"] switch { "true" => true, "false" => false, _ => throw row.Bad("is_rate") },
                row.Word<CatalogueScope>("scope")));
        }

        return new MeasureCatalogue(all);
    }
}
