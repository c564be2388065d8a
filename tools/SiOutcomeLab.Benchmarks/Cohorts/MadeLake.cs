using System.Security.Cryptography;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Parquet;
using SiOutcomeLab.Pipelines.Intake.Rewriting;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Benchmarks.Cohorts;

/// <summary>
/// A project's follow-up in a lake of its own: municipalities that each send a year of quarters at a time, a region and the tax agency that
/// send theirs for everybody. Every number is a hash of who, when and what, so that it is the same on every machine.
/// </summary>
internal sealed class MadeLake(FolderLake lake, int persons, int municipalities, int years)
{
    public const int FirstYear = 2019;

    private static readonly ParquetWriterOptions Options = new()
    {
        KeyValueMetadata = [new(LakeFileFormat.MetadataKey, $"{LakeFileFormat.Current}")],
    };

    private static readonly string[] Sexes = ["man", "woman"];
    private static readonly string[] Educations = ["compulsory", "tertiary", "upper_secondary"];
    private static readonly string[] Households = ["couple", "couple_with_children", "other", "single", "single_with_children"];
    private static readonly string[] Exits = ["moved", "died", "aged_out"];

    private long _sequence;

    public List<Submission> Submissions { get; } = [];

    public static string Code(int municipality) => $"{1000 + municipality}";

    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        for (var year = FirstYear; year < FirstYear + years; year++)
        {
            for (var m = 0; m < municipalities; m++) await CommitAsync(Code(m), m, year, Municipal(m), cancellationToken);
            await CommitAsync("region-skane", -1, year, [Whole("psychiatry_visits", (p, t) => Hash(p, t, 1) % 20 == 0 ? Hash(p, t, 2) % 12 : 0)], cancellationToken);
            await CommitAsync(
                "skatteverket",
                -1,
                year,
                [Whole("employment_months", (p, t) => Hash(p, t, 3) % 4), Number("earnings_sek", (p, t) => Hash(p, t, 4) % 4 == 0 ? 0 : 1000.5 + (Hash(p, t, 5) % 90_000))],
                cancellationToken);
        }
    }

    private static Column[] Municipal(int municipality) =>
    [
        new("municipality_code", ParquetColumnSpec.Text("municipality_code"), (group, people, quarters) =>
        {
            var (bytes, at) = (System.Text.Encoding.UTF8.GetBytes(Code(municipality)), new int[people.Length * quarters.Length]);
            group.WriteDistinct(at, bytes, [0, bytes.Length]);
        }),
        Text("sex", Sexes, (p, _) => Hash(p, 0, 6) % 2),
        Whole("birth_year", (p, _) => 1960 + (Hash(p, 0, 7) % 45)),
        Text("education_level", Educations, (p, _) => Hash(p, 0, 8) % 3),
        Text("household_type", Households, (p, t) => Hash(p, t / 6, 9) % 5),
        Whole("income_support_months", (p, t) => Hash(p, t, 10) % 9 == 0 ? Hash(p, t, 11) % 4 : 0),
        Whole("placement_days", (p, t) => Hash(p, t, 12) % 60 == 0 ? Hash(p, t, 13) % 92 : 0),
        Number("school_absence_percent", (p, t) => (Hash(p, t, 14) % 1000) / 10.0),
        Text("exit_reason", Exits, (p, t) => Hash(p, t, 15) % 200 == 0 ? Hash(p, t, 16) % 3 : -1),
    ];

    private async Task CommitAsync(string organisation, int municipality, int year, Column[] columns, CancellationToken cancellationToken)
    {
        // A person lives where the number says, and every fifteenth has moved on in the second half.
        int[] people = [.. Enumerable.Range(0, persons).Where(p => municipality < 0 || Home(p, year) == municipality)];
        using var bytes = new MemoryStream();
        Write(bytes, columns, people, year);
        var observations = await PutAsync(bytes, cancellationToken);
        LakeObject? participations = null;
        if (municipality >= 0)
        {
            using var started = new MemoryStream();
            WriteStarts(started, [.. people.Where(p => Hash(p, 0, 17) % 25 == 0 && Hash(p, 0, 18) % years == year - FirstYear)], year);
            participations = await PutAsync(started, cancellationToken);
        }

        Submissions.Add(new Submission(
            $"s{_sequence}", new OrganisationId(organisation), new ProjectId("bench"), PeriodLength.Quarter, new Period(PeriodLength.Quarter, year * 4),
            new Period(PeriodLength.Quarter, (year * 4) + 3), AllowedUses.OwnEvaluation | AllowedUses.ComparisonForOthers, DataPolicy.Standard, string.Empty, "{}",
            observations, people.Length * 4L, participations, 0, [], DateTimeOffset.UnixEpoch, ++_sequence));
    }

    private int Home(int person, int year) =>
        (int)((Hash(person, 0, 19) + (year > FirstYear + (years / 2) && Hash(person, 0, 20) % 15 == 0 ? 1 : 0)) % municipalities);

    private static void Write(MemoryStream bytes, Column[] columns, int[] people, int year)
    {
        ParquetColumnSpec[] specs =
        [
            new("person_id", ParquetPhysicalType.FixedLenByteArray, ParquetLogicalType.None, IsOptional: false, TypeLength: 32),
            ParquetColumnSpec.Date("period_start"), .. columns.Select(c => c.Spec),
        ];
        int[] quarters = [.. Enumerable.Range(year * 4, 4)];
        using var writer = ParquetWriter.Create(bytes, specs, Options, leaveOpen: true);
        foreach (var some in people.Chunk(65536 / 4))
        {
            var group = writer.StartRowGroup();
            WritePersons(group, some, quarters.Length);
            group.WriteColumn<int>([.. some.SelectMany(_ => quarters.Select(Day))]);
            foreach (var column in columns) column.Write(group, some, quarters);
        }

        writer.Close();
    }

    private static void WriteStarts(MemoryStream bytes, int[] people, int year)
    {
        ParquetColumnSpec[] specs =
        [
            new("person_id", ParquetPhysicalType.FixedLenByteArray, ParquetLogicalType.None, IsOptional: false, TypeLength: 32),
            ParquetColumnSpec.Text("intervention_code"), ParquetColumnSpec.Date("start_date"),
        ];
        using var writer = ParquetWriter.Create(bytes, specs, Options, leaveOpen: true);
        var group = writer.StartRowGroup();
        WritePersons(group, people, 1);
        group.WriteStrings([.. people.Select(_ => "ips")]);
        group.WriteColumn<int>([.. people.Select(p => Day((year * 4) + (int)(Hash(p, 0, 21) % 4)))]);
        writer.Close();
    }

    private static void WritePersons(ParquetRowGroupWriter group, int[] people, int rowsEach)
    {
        var (pseudonyms, bounds, codes) = (new byte[people.Length * 32], new int[people.Length + 1], new int[people.Length * rowsEach]);
        for (var i = 0; i < people.Length; i++)
        {
            SHA256.HashData(BitConverter.GetBytes(people[i]), pseudonyms.AsSpan(i * 32, 32));
            bounds[i + 1] = (i + 1) * 32;
            codes.AsSpan(i * rowsEach, rowsEach).Fill(i);
        }

        group.WriteDistinct(codes, pseudonyms, bounds);
    }

    private async Task<LakeObject> PutAsync(MemoryStream bytes, CancellationToken cancellationToken)
    {
        bytes.Position = 0;
        var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes, cancellationToken));
        bytes.Position = 0;
        return await lake.PutAsync(sha256, bytes, cancellationToken);
    }

    private static int Day(int quarter) => new Period(PeriodLength.Quarter, quarter).Start.DayNumber - new DateOnly(1970, 1, 1).DayNumber;

    private static uint Hash(int person, int period, int what)
    {
        var mixed = (((ulong)person * 1_000_003) + ((ulong)period * 8191) + (ulong)what) * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 32)) * 0xD6E8FEB86659FD93;
        return (uint)(mixed >> 33);
    }

    private static Column Whole(string name, Func<int, int, long> of) => new(name, ParquetColumnSpec.Of<int>(name, optional: true), (group, people, quarters) =>
        group.WriteColumn<int>([.. people.SelectMany(p => quarters.Select(t => (int)of(p, t)))], Present(people, quarters, name.Length)));

    private static Column Number(string name, Func<int, int, double> of) => new(name, ParquetColumnSpec.Of<double>(name, optional: true), (group, people, quarters) =>
        group.WriteColumn<double>([.. people.SelectMany(p => quarters.Select(t => of(p, t)))], Present(people, quarters, name.Length)));

    private static Column Text(string name, string[] levels, Func<int, int, long> of) => new(name, ParquetColumnSpec.Text(name, optional: true), (group, people, quarters) =>
        group.WriteStrings([.. people.SelectMany(p => quarters.Select(t => of(p, t) is >= 0 and var code ? levels[code] : null))]));

    // One value in fifty is not observed.
    private static bool[] Present(int[] people, int[] quarters, int what) => [.. people.SelectMany(p => quarters.Select(t => Hash(p, t, 100 + what) % 50 != 0))];

    private sealed record Column(string Name, ParquetColumnSpec Spec, Action<ParquetRowGroupWriter, int[], int[]> Write);
}
