using System.Text;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Datasets.Files;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Datasets.MadeCountry;

/// <summary>The two Parquet files of a municipality.</summary>
internal static class MadeCountryTables
{
    private static readonly string[] Measures = ["employment_months", "income_support_months", "school_absence_percent", "placement_days"];

    /// <summary>Published on purpose: nobody stands behind the pseudonyms.</summary>
    private static ReadOnlySpan<byte> TeachingKey => "SiOutcomeLab teaching key: made-country. Not a secret."u8;

    public static ManifestFile WriteObservations(string path, MadeMunicipality municipality)
    {
        var rows = municipality.Groups.SelectMany(g => g.Persons).SelectMany(RowsOf).ToArray();
        return DatasetFiles.WriteTable(path, [
            TableColumn.Text("person_id", [.. rows.Select(r => r.Pseudonym)]),
            TableColumn.Text("municipality_code", [.. rows.Select(_ => municipality.Code)]),
            TableColumn.Periods("period_start", [.. rows.Select(r => r.Period)]),
            TableColumn.Text("sex", [.. rows.Select(r => r.Person.Sex)]),
            TableColumn.Numbers<int>("birth_year", [.. rows.Select(r => r.Person.BirthYear)]),
            TableColumn.Text("country_of_birth_group", [.. rows.Select(r => r.Person.Country)]),
            TableColumn.Text("education_level", [.. rows.Select(r => r.Person.Education)], optional: true),
            TableColumn.Text("household_type", [.. rows.Select(r => r.Person.Household)], optional: true),
            .. Measures.Select(m => Measure(m, rows)),
            TableColumn.Text("exit_reason", [.. rows.Select(r => r.IsExit ? r.Person.ExitReason : null)], optional: true),
            TableColumn.OptionalDates("exit_date", [.. rows.Select(r => r.IsExit ? r.Period.Plus(1).Start.AddDays(-1) : (DateOnly?)null)]),
        ]);
    }

    public static ManifestFile WriteParticipations(string path, MadeMunicipality municipality)
    {
        var rows =
            municipality.Groups.SelectMany(g => g.Persons.Where(p => p.TakesPart).Select(p => (g.Population.Method, Person: p))).ToArray();
        return DatasetFiles.WriteTable(path, [
            TableColumn.Text("person_id", [.. rows.Select(r => Pseudonym(r.Person))]),
            TableColumn.Text("intervention_code", [.. rows.Select(r => r.Method)]),
            TableColumn.Dates("start_date", [.. rows.Select(r => r.Person.Start)]),
        ]);
    }

    private static TableColumn Measure(string measure, Row[] rows)
    {
        var values = rows.Select(r => r.Person.Observed(measure, r.Time)).ToArray();
        return measure == "school_absence_percent"
            ? TableColumn.OptionalNumbers<double>(measure, values)
            : TableColumn.OptionalNumbers<int>(measure, [.. values.Select(v => (int?)v)]);
    }

    private static IEnumerable<Row> RowsOf(MadePerson person)
    {
        var pseudonym = Pseudonym(person);
        for (var time = -MadeCalendar.Before; time <= person.LastTime; time++)
        {
            var isExit = person.ExitReason is not null && time == person.LastTime;
            yield return new Row(person, pseudonym, time, MadeCalendar.Index.Plus(time), isExit);
        }
    }

    private static string Pseudonym(MadePerson person) => Pseudonyms.Of(TeachingKey, Encoding.UTF8.GetBytes(person.Key)).ToHex();

    private sealed record Row(MadePerson Person, string Pseudonym, int Time, Period Period, bool IsExit);
}
