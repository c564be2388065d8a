using System.Security.Cryptography;
using SiOutcomeLab.Contract.Tests.Building;
using SiOutcomeLab.Datasets.Files;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract.Tests.Checking;

/// <summary>Seeded rows of more than one block, that can be written and checked in many ways.</summary>
internal sealed class LargeSubmission
{
    private static readonly OrganisationId Sender = new(TestSubmission.Municipality);

    /// <summary>Person and period of each row, as numbers.</summary>
    public List<(int Person, int Period)> Rows { get; } = [];

    /// <summary>Months of each row; null where not observed.</summary>
    public List<int?> Months { get; } = [];

    /// <summary>Person, intervention and start of each participation.</summary>
    public List<(int Person, int Intervention, int Day)> Participations { get; } = [];

    public static readonly Period[] Periods = [.. Enumerable.Range(0, 8).Select(q => new Period(PeriodLength.Quarter, (2024 * 4) + q))];

    /// <summary>So many rows, eight periods a person, person by person.</summary>
    public static LargeSubmission Make(int rows, int seed)
    {
        var made = new LargeSubmission();
        var random = new Random(seed);
        for (var i = 0; i < rows; i++)
        {
            made.Rows.Add((i / 8, i % 8));
            made.Months.Add(random.Next(8) == 0 ? null : random.Next(4));
        }

        return made;
    }

    public static string Person(int number) => Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(number)));

    public byte[] WriteObservations(ParquetWriterOptions? options = null, int groupRows = int.MaxValue, bool backwards = false)
    {
        TableColumn[] columns(int from, int to) =>
        [
            TableColumn.Text("person_id", [.. Rows[from..to].Select(r => Person(r.Person))]),
            TableColumn.Text("municipality_code", [.. Enumerable.Repeat(TestSubmission.Municipality, to - from)]),
            TableColumn.Periods("period_start", [.. Rows[from..to].Select(r => Periods[r.Period])]),
            TableColumn.Text("sex", [.. Rows[from..to].Select(r => r.Person % 3 == 0 ? null : r.Person % 2 == 0 ? "woman" : "man")], optional: true),
            TableColumn.OptionalNumbers<int>("employment_months", Months[from..to]),
            TableColumn.Numbers<double>("school_absence_percent", [.. Rows[from..to].Select(r => r.Person * 7 % 1000 / 10.0)]),
        ];
        return Write(columns, Rows.Count, options, groupRows, backwards);
    }

    public byte[] WriteParticipations() => Write(
        (from, to) =>
        [
            TableColumn.Text("person_id", [.. Participations[from..to].Select(p => Person(p.Person))]),
            TableColumn.Text("intervention_code", [.. Participations[from..to].Select(p => p.Intervention == 0 ? "jobb" : "skola")]),
            TableColumn.Dates("start_date", [.. Participations[from..to].Select(p => new DateOnly(2024, 1, 1).AddDays(p.Day))]),
        ],
        Participations.Count, null, int.MaxValue, backwards: false);

    public Task<CheckResult> CheckAsync(CheckLimits limits, string? scratch = null) => CheckAsync(WriteObservations(), limits, scratch);

    public async Task<CheckResult> CheckAsync(byte[] observations, CheckLimits limits, string? scratch = null)
    {
        var participations = Participations.Count == 0 ? null : WriteParticipations();
        var manifest = new SubmissionManifest(
            Sender, new ProjectId("prov"), PeriodLength.Quarter, Periods, new PopulationStatement("Alla.", "Registret."), "Prov.",
            AllowedUses.OwnEvaluation, DataPolicy.Standard, Describe(observations, Rows.Count),
            participations is null ? null : Describe(participations, Participations.Count));
        using var first = new MemoryStream(observations);
        using var second = participations is null ? null : new MemoryStream(participations);
        var context = new CheckContext(Sender, new HashSet<InterventionCode> { new("jobb"), new("skola") })
        {
            Limits = limits,
            Scratch = scratch ?? Path.GetTempPath(),
        };
        return await SubmissionChecker.CheckAsync(manifest, first, second, context, TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
    }

    private static ManifestFile Describe(byte[] bytes, long rows) =>
        new(Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length, rows);

    private static byte[] Write(
        Func<int, int, TableColumn[]> columns, int rows, ParquetWriterOptions? options, int groupRows, bool backwards)
    {
        using var bytes = new MemoryStream();
        ParquetColumnSpec[] specs = [.. columns(0, Math.Min(1, rows)).Select(c => c.Spec)];
        if (backwards) Array.Reverse(specs);
        using (var writer = ParquetWriter.Create(bytes, specs, options, leaveOpen: true))
        {
            for (var from = 0L; from < rows; from += groupRows)
            {
                var group = writer.StartRowGroup();
                var cut = columns((int)from, (int)Math.Min(rows, from + groupRows));
                if (backwards) Array.Reverse(cut);
                foreach (var column in cut) column.WriteTo(group);
            }

            writer.Close();
        }

        return bytes.ToArray();
    }
}
