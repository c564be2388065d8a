using System.Globalization;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Cli.Templates;

/// <summary>The example's tables as a municipality's Excel would export them: Swedish headings, decimal commas.</summary>
internal static class ExampleTables
{
    public const string Intervention = "jobbspar";
    private const int Quarters = 4;

    /// <summary>All persons of the target group in every quarter of 2024; the last two have moved away before the fourth.</summary>
    public static IEnumerable<IReadOnlyList<string>> Observations()
    {
        yield return
        [
            "Personnummer", "Period", "Kön", "Födelseår", "Hushållstyp", "Högsta utbildning", "Månader med ekonomiskt bistånd",
            "Frånvaro i procent av skoltiden", "I arbete eller studier", "Avgångsorsak", "Avgångsdatum",
        ];
        var persons = ExamplePersons.All;
        for (var i = 0; i < persons.Count; i++)
        {
            var leaves = i >= persons.Count - 2;
            for (var quarter = 1; quarter <= (leaves ? Quarters - 1 : Quarters); quarter++)
            {
                var helped = Takes(i) && quarter > 2;
                var support = Math.Max(0, 3 - (((i * 3) + quarter) % 4) - (helped ? 1 : 0));
                var absence = (((i * 37) + (quarter * 11)) % 300) / 10.0;
                var exits = leaves && quarter == Quarters - 1;
                yield return
                [
                    // Every other row has the short form: both come to the same pseudonym.
                    i % 2 == 0 ? persons[i].Number : persons[i].ShortNumber,
                    string.Create(CultureInfo.InvariantCulture, $"2024K{quarter}"),
                    persons[i].IsWoman ? "Kvinna" : "Man",
                    persons[i].BirthYear.ToString(CultureInfo.InvariantCulture),
                    (i % 3) switch { 0 => "Ensamstående", 1 => "Ensamstående med barn", _ => "Par med barn" },
                    (i % 4) switch { 0 => "Grundskola", 3 => string.Empty, _ => "Gymnasium" },
                    support.ToString(CultureInfo.InvariantCulture),
                    i % 5 == 0 ? string.Empty : absence.ToString("0.0", CultureInfo.InvariantCulture).Replace('.', ','),
                    ((i + quarter) % 3 == 0 || helped ? 1 : 0).ToString(CultureInfo.InvariantCulture),
                    exits ? "Flyttat" : string.Empty,
                    exits ? "2024-09-15" : string.Empty,
                ];
            }
        }
    }

    /// <summary>A quarter of the persons take part.</summary>
    public static IEnumerable<IReadOnlyList<string>> Participations()
    {
        yield return ["Personnummer", "Insats", "Startdatum", "Slutdatum", "Dos", "Fullföljd", "Grupp"];
        var persons = ExamplePersons.All;
        for (var i = 0; i < persons.Count; i++)
        {
            if (!Takes(i)) continue;
            var completed = i % 8 == 0;
            yield return
            [
                persons[i].ShortNumber,
                Intervention,
                string.Create(CultureInfo.InvariantCulture, $"2024-0{4 + (i % 3)}-01"),
                completed ? "2024-11-30" : string.Empty,
                completed ? "24,5" : string.Empty,
                completed ? "ja" : "nej",
                i < persons.Count / 2 ? "vår-a" : "vår-b",
            ];
        }
    }

    /// <summary>A heading for every column that any municipality may send, and no rows.</summary>
    public static IReadOnlyList<string> Empty(SubmissionPart part) =>
    [
        .. ContractTable.For(PeriodLength.Quarter)
            .Where(r => r.Part == part && r.Scope == CatalogueScope.National && (r.Role != ContractRole.Measure || IsMunicipal(r)))
            .Where(r => r.Code != "municipality_code")
            .Select(r => r.Name.Sv),
    ];

    private static bool IsMunicipal(ContractTableRow row) =>
        MeasureCatalogue.Current.TryFind(row.Code, out var measure) && measure.MayComeFrom(OwningSource.Municipality);

    private static bool Takes(int person) => person % 4 == 0;
}
