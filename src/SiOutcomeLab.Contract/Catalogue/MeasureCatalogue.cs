using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using SiOutcomeLab.Domain;
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
                row.List("aliases"),
                kind,
                row["unit_sv"],
                row["unit_en"],
                row.Number("min"),
                ceiling,
                ceiling == MeasureCeiling.Fixed ? row.Number("max") : null,
                row.Word<MeasureDirection>("direction"),
                row.Word<OwningSource>("owning_source"),
                row.Words<OwningSource>("also_from"),
                Budget(row),
                row.Flag("is_rate"),
                row.Word<CatalogueScope>("scope")));
        }

        return new MeasureCatalogue(all);
    }

    /// <summary>The budget item; the word none says that there is none, so that an empty field is a forgotten one.</summary>
    private static BilingualText? Budget(CatalogueTable.Row row)
    {
        var (sv, en) = (row["budget_item"], row["budget_item_en"]);
        if (sv.Length == 0 || en.Length == 0 || sv == "none" != (en == "none")) throw row.Bad("budget_item");
        return sv == "none" ? null : new BilingualText(sv, en);
    }
}
