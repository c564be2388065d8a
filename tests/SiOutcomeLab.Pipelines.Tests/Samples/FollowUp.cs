using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Parquet;
using SiOutcomeLab.Pipelines.Intake.Rewriting;

namespace SiOutcomeLab.Pipelines.Tests.Samples;

/// <summary>Follow-up data written row by row, as the two Parquet files of a submission.</summary>
internal sealed class FollowUp
{
    private readonly List<(string Person, Period Period, Dictionary<string, object?> Values)> _rows = [];
    private readonly List<(string Person, string Code, DateOnly Start, string? Group)> _starts = [];

    public IEnumerable<Period> Periods => _rows.Select(r => r.Period).Distinct().Order();

    public IReadOnlyList<(string Person, Period Period, Dictionary<string, object?> Values)> AllRows => _rows;

    public IReadOnlyList<(string Person, string Code, DateOnly Start, string? Group)> AllStarts => _starts;

    /// <summary>Where persons are registered whose rows do not say otherwise.</summary>
    public string Municipality { get; init; } = "0180";

    public int Rows => _rows.Count;

    public int Starts => _starts.Count;

    /// <summary>Rows per row group; several, so that readers meet more than one.</summary>
    public int GroupRows { get; init; } = 7;

    /// <summary>A pseudonym whose order is the number's.</summary>
    public static string Person(int number) => number.ToString("x64");

    public FollowUp Row(int person, string period, params (string Column, object? Value)[] values)
    {
        if (!Period.TryParse(period, out var parsed)) throw new ArgumentException(period, nameof(period));
        _rows.Add((Person(person), parsed, values.ToDictionary(v => v.Column, v => v.Value)));
        return this;
    }

    /// <summary>One row per year from <paramref name="first"/>, with age, sex and the year's earnings (null: not observed).</summary>
    public FollowUp Years(int person, int first, int age, string? sex, params double?[] earnings)
    {
        for (var i = 0; i < earnings.Length; i++)
        {
            Row(person, $"{first + i}", ("age_years", age + i), ("sex", sex), ("earnings_sek", earnings[i]));
        }

        return this;
    }

    public FollowUp Start(int person, string code, string date, string? group = null)
    {
        _starts.Add((Person(person), code, DateOnly.ParseExact(date, "yyyy-MM-dd"), group));
        return this;
    }

    /// <param name="inLake">Whether as the lake has the file, persons by the same bytes, or as it is sent.</param>
    public byte[] Observations(bool inLake = false)
    {
        var names = _rows.SelectMany(r => r.Values.Keys).Where(n => n != "municipality_code").Distinct().ToArray();
        var kinds = names.ToDictionary(n => n, n => _rows.Select(r => r.Values.GetValueOrDefault(n)).FirstOrDefault(v => v is not null)?.GetType() ?? typeof(double));
        ParquetColumnSpec[] columns =
        [
            PersonColumn(inLake), ParquetColumnSpec.Text("municipality_code"), ParquetColumnSpec.Date("period_start"),
            .. names.Select(n => Spec(n, kinds[n])),
        ];
        return Write(columns, _rows, inLake, (group, rows) =>
        {
            WritePersons(group, [.. rows.Select(r => r.Person)], inLake);
            group.WriteStrings([.. rows.Select(r => r.Values.GetValueOrDefault("municipality_code") as string ?? Municipality)]);
            group.WriteColumn<int>([.. rows.Select(r => Day(r.Period.Start))]);
            foreach (var name in names)
            {
                var values = rows.Select(r => r.Values.GetValueOrDefault(name)).ToArray();
                bool[] present = [.. values.Select(v => v is not null)];
                if (kinds[name] == typeof(string)) group.WriteStrings([.. values.Cast<string?>()]);
                else if (kinds[name] == typeof(int)) group.WriteColumn<int>([.. values.Select(v => v as int? ?? 0)], present);
                else group.WriteColumn<double>([.. values.Select(v => v as double? ?? 0)], present);
            }
        });
    }

    public byte[]? Participations(bool inLake = false) => _starts.Count == 0 ? null : Write(
        [PersonColumn(inLake), ParquetColumnSpec.Text("intervention_code"), ParquetColumnSpec.Date("start_date"), ParquetColumnSpec.Text("group_id", optional: true)],
        _starts,
        inLake,
        (group, rows) =>
        {
            WritePersons(group, [.. rows.Select(r => r.Person)], inLake);
            group.WriteStrings([.. rows.Select(r => r.Code)]);
            group.WriteColumn<int>([.. rows.Select(r => Day(r.Start))]);
            group.WriteStrings([.. rows.Select(r => r.Group)]);
        });

    private static ParquetColumnSpec PersonColumn(bool inLake) => inLake
        ? new("person_id", ParquetPhysicalType.FixedLenByteArray, ParquetLogicalType.None, IsOptional: false, TypeLength: 32)
        : ParquetColumnSpec.Text("person_id");

    private static void WritePersons(ParquetRowGroupWriter group, string[] persons, bool inLake)
    {
        if (inLake) group.WriteBytes([.. persons.Select(Convert.FromHexString)]);
        else group.WriteStrings(persons);
    }

    private byte[] Write<T>(ParquetColumnSpec[] columns, IEnumerable<T> rows, bool inLake, Action<ParquetRowGroupWriter, T[]> writeGroup)
    {
        using var bytes = new MemoryStream();
        var options = new ParquetWriterOptions { KeyValueMetadata = inLake ? [new(LakeFileFormat.MetadataKey, "2")] : [] };
        using (var writer = ParquetWriter.Create(bytes, columns, options, leaveOpen: true))
        {
            foreach (var chunk in rows.Chunk(GroupRows)) writeGroup(writer.StartRowGroup(), chunk);
            writer.Close();
        }

        return bytes.ToArray();
    }

    private static ParquetColumnSpec Spec(string name, Type type) => type switch
    {
        _ when type == typeof(string) => ParquetColumnSpec.Text(name, optional: true),
        _ when type == typeof(int) => ParquetColumnSpec.Of<int>(name, optional: true),
        _ => ParquetColumnSpec.Of<double>(name, optional: true),
    };

    private static int Day(DateOnly date) => date.DayNumber - new DateOnly(1970, 1, 1).DayNumber;
}
