using System.Security.Cryptography;
using SiOutcomeLab.Datasets.Files;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract.Tests.Building;

/// <summary>A small right submission of municipality 0180 that a test then makes wrong in one way.</summary>
internal sealed class TestSubmission
{
    public const string Municipality = "0180";
    public static readonly Period[] Quarters = [new(PeriodLength.Quarter, 2024 * 4), new(PeriodLength.Quarter, (2024 * 4) + 1)];

    public OrganisationId Caller { get; set; } = new(Municipality);

    public OrganisationId Organisation { get; set; } = new(Municipality);

    public IReadOnlyList<Period> Periods { get; set; } = Quarters;

    public List<TableColumn> Observations { get; } = [.. DefaultObservations()];

    public List<TableColumn>? Participations { get; set; } = [.. DefaultParticipations()];

    public ParquetWriterOptions Options { get; set; } = new();

    /// <summary>The key id that the project is known by; null for none.</summary>
    public string? PinnedKey { get; set; }

    public CheckLimits Limits { get; set; } = CheckLimits.Default;

    public IReadOnlyList<SubmissionFigures> Earlier { get; set; } = [];

    /// <summary>Changes the observations file's bytes after the manifest has been made from them.</summary>
    public Func<byte[], byte[]> Tamper { get; set; } = bytes => bytes;

    /// <summary>Changes the observations file's bytes before the manifest is made from them.</summary>
    public Func<byte[], byte[]> Damage { get; set; } = bytes => bytes;

    public Func<SubmissionManifest, SubmissionManifest> Declare { get; set; } = manifest => manifest;

    /// <summary>Four persons in two quarters each, person by person.</summary>
    public const int Persons = 4;

    public static string Person(int number) => Convert.ToHexStringLower(SHA256.HashData([(byte)number, 7]));

    public TestSubmission With(TableColumn column)
    {
        Replace(Observations, column);
        return this;
    }

    public TestSubmission WithParticipation(TableColumn column)
    {
        Replace(Participations!, column);
        return this;
    }

    public TestSubmission Without(string column)
    {
        Observations.RemoveAll(c => c.Spec.Name == column);
        return this;
    }

    public async Task<CheckResult> CheckAsync()
    {
        var observations = Damage(Write(Observations));
        var participations = Participations is null ? null : Write(Participations);
        var manifest = Declare(new SubmissionManifest(
            Organisation,
            new ProjectId("prov"),
            PeriodLength.Quarter,
            Periods,
            new PopulationStatement("Alla i målgruppen.", "Verksamhetssystemet."),
            "Prov.",
            AllowedUses.OwnEvaluation,
            DataPolicy.Standard,
            Describe(observations, Observations[0].Rows),
            participations is null ? null : Describe(participations, Participations![0].Rows)));
        using var first = new MemoryStream(Tamper(observations));
        using var second = participations is null ? null : new MemoryStream(participations);
        var context = new CheckContext(Caller, new HashSet<InterventionCode> { new("jobb"), new("skola") }) 
        {
            Limits = Limits,
            Earlier = Earlier,
            PseudonymKey = PinnedKey,
        };
        return await SubmissionChecker.CheckAsync(manifest, first, second, context, TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    public byte[] Write(IReadOnlyList<TableColumn> columns)
    {
        using var bytes = new MemoryStream();
        using (var writer = ParquetWriter.Create(bytes, [.. columns.Select(c => c.Spec)], Options, leaveOpen: true))
        {
            var group = writer.StartRowGroup();
            foreach (var column in columns) column.WriteTo(group);
            writer.Close();
        }

        return bytes.ToArray();
    }

    private static ManifestFile Describe(byte[] bytes, long rows) =>
        new(Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length, rows);

    private static void Replace(List<TableColumn> columns, TableColumn column)
    {
        var at = columns.FindIndex(c => c.Spec.Name == column.Spec.Name);
        if (at < 0) columns.Add(column);
        else columns[at] = column;
    }

    private static IEnumerable<TableColumn> DefaultObservations()
    {
        var rows = Enumerable.Range(0, Persons).SelectMany(p => Quarters.Select(q => (Person: p, Quarter: q))).ToArray();
        yield return TableColumn.Text("person_id", [.. rows.Select(r => Person(r.Person))]);
        yield return TableColumn.Text("municipality_code", [.. rows.Select(_ => Municipality)]);
        yield return TableColumn.Periods("period_start", [.. rows.Select(r => r.Quarter)]);
        yield return TableColumn.Text("sex", [.. rows.Select(r => r.Person % 2 == 0 ? "woman" : "man")]);
        yield return TableColumn.Numbers<int>("birth_year", [.. rows.Select(r => 1980 + r.Person)]);
        yield return TableColumn.OptionalNumbers<int>("employment_months", [.. rows.Select(r => r.Person == 3 ? (int?)null : r.Person)]);
        yield return TableColumn.Numbers<double>("school_absence_percent", [.. rows.Select(r => 12.5 * r.Person)]);
    }

    private static IEnumerable<TableColumn> DefaultParticipations()
    {
        yield return TableColumn.Text("person_id", [Person(0), Person(1)]);
        yield return TableColumn.Text("intervention_code", ["jobb", "skola"]);
        yield return TableColumn.Dates("start_date", [new DateOnly(2024, 2, 1), new DateOnly(2024, 3, 1)]);
        yield return TableColumn.OptionalDates("end_date", [new DateOnly(2024, 5, 1), null]);
    }
}
