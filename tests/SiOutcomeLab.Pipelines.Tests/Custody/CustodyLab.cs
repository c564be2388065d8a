using System.Security.Cryptography;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Parquet;
using SiOutcomeLab.Pipelines.Custody;
using SiOutcomeLab.Pipelines.Intake;
using SiOutcomeLab.Pipelines.Intake.Rewriting;
using SiOutcomeLab.Pipelines.Tests.Samples;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Catalogue.Sqlite;
using SiOutcomeLab.Storage.Keys;
using SiOutcomeLab.Storage.Lake;
using SiOutcomeLab.Storage.Spool;

namespace SiOutcomeLab.Pipelines.Tests.Custody;

/// <summary>A data folder with a key beside it, and small lake files whose every row a test knows.</summary>
internal sealed class CustodyLab : IAsyncDisposable
{
    public static readonly OrganisationId Owner = new("0180");
    public static readonly OrganisationId Other = new("1281");
    public static readonly ProjectId Project = new("early-support");
    public static readonly Caller Caller = new(Owner, "archivist", new HashSet<Role> { Role.Submitter });
    private readonly TemporaryFolder _folder = new();
    private readonly HubKeyRing _keys;
    private int _commits;
    private UploadDesk _desk = null!;
    private FinaliseDesk _uploads = null!;

    private CustodyLab()
    {
        Directory.CreateDirectory(DataPath);
        _keys = HubKeyRing.Create(_folder.File("hub-keys.json"), DataPath);
        Lake = new FolderLake(Path.Combine(DataPath, "lake"), Time);
        Spool = new UploadSpool(Path.Combine(DataPath, "spool"), 1 << 20);
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public string DataPath => _folder.File("data");

    public SettableTime Time { get; } = new(new DateTimeOffset(2026, 6, 1, 9, 0, 0, TimeSpan.Zero));

    public SqliteCatalogue Catalogue { get; private set; } = null!;

    public FolderLake Lake { get; }

    public LakeGate Gate { get; private set; } = null!;

    public UploadSpool Spool { get; }

    public KeptSecrets Secrets => new(Catalogue.Uploads, Catalogue.Projects, _keys);

    public PersonErasure Erasure => ErasureOn(Lake);

    public PersonErasure ErasureOn(ILake lake) => new(Catalogue, lake, Gate, _uploads, Secrets, Time);

    public static async Task<CustodyLab> OpenAsync()
    {
        var lab = new CustodyLab();
        lab.Catalogue = await SqliteCatalogue.OpenAsync(Path.Combine(lab.DataPath, "catalogue.db"), lab.Time, Token);
        lab.Gate = new LakeGate(lab.Catalogue, lab.Lake, lab.Time);
        var (answers, limits) = (new PlainAnswers(), new UploadLimits());
        lab._desk = new UploadDesk(lab.Catalogue, lab.Spool, lab.Secrets, answers, limits, lab.Time);
        lab._uploads = new FinaliseDesk(
            lab.Catalogue, lab._desk, new IntakePipeline(lab.Catalogue, lab.Gate, lab.Secrets, answers, lab.Time), limits);
        return lab;
    }

    /// <summary>A pseudonym as it is sent.</summary>
    public static PersonId Sent(int number) => new((UInt128)number << 64, (UInt128)number + 7);

    /// <summary>The pseudonym under which the lake has it.</summary>
    public async Task<byte[]> LakePersonAsync(int number, ProjectId? project = null) => Convert.FromHexString(
        new PersonRekeyer(await Secrets.PersonKeyAsync(project ?? Project, Token)).Of(Sent(number)).ToHex());

    /// <summary>Commits a submission whose observations are about these persons, row by row, four rows a row group.</summary>
    public async Task<Submission> CommitAsync(
        int[] persons, int[]? participants = null, OrganisationId? organisation = null, ProjectId? project = null)
    {
        var observations = await PutAsync(persons, project);
        var draft = Draft(observations, persons.Length, organisation ?? Owner, project ?? Project) with
        {
            Participations = participants is null ? null : await PutAsync(participants, project),
            ParticipationRows = participants?.Length ?? 0,
        };
        return (await Catalogue.Submissions.CommitAsync(draft, Token)).Submission;
    }

    /// <summary>Commits a submission that names this object, which somebody holds.</summary>
    public Task<CommittedSubmission> CommitDraftAsync(LakeObject observations, HeldObjects held) =>
        Catalogue.Submissions.CommitAsync(Draft(observations, 1, Owner, Project), null, held, Token);

    private Submission Draft(LakeObject observations, int rows, OrganisationId organisation, ProjectId project)
    {
        _commits++;
        var period = new Period(PeriodLength.Year, 2000 + _commits);
        return new Submission(
            _commits.ToString("x32"),
            organisation,
            project,
            PeriodLength.Year,
            period,
            period,
            AllowedUses.OwnEvaluation,
            DataPolicy.Standard,
            Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(_commits))),
            "{}",
            observations,
            rows,
            null,
            0,
            [],
            Time.Now,
            0);
    }

    /// <summary>The rows of a lake file as text, the person by its number among those that a test uses, or −1.</summary>
    public async Task<string[]> RowsAsync(LakeObject file, ProjectId? project = null)
    {
        var known = new Dictionary<string, int>();
        for (var i = 0; i < 50; i++) known[Convert.ToHexString(await LakePersonAsync(i, project))] = i;
        await using var stream = await Lake.OpenReadAsync(file, Token);
        using var reader = ParquetReader.Open(stream, leaveOpen: true);
        var rows = new List<string>();
        for (var g = 0; g < reader.RowGroupCount; g++)
        {
            var group = reader.OpenRowGroup(g);
            var persons = new BytesBatch();
            var labels = new BytesBatch();
            using (var column = group.Bytes(0)) column.Read(persons, 100);
            using (var column = group.Bytes(1)) column.Read(labels, 100);
            var amounts = new double[group.RowCount];
            var present = new bool[group.RowCount];
            using (var column = group.Column<double>(2)) column.Read(amounts, present);
            for (var i = 0; i < amounts.Length; i++)
            {
                var person = known.GetValueOrDefault(Convert.ToHexString(persons[i]), -1);
                var label = labels.IsNull(i) ? "-" : System.Text.Encoding.UTF8.GetString(labels[i]);
                rows.Add(FormattableString.Invariant($"{person} {label} {(present[i] ? amounts[i] : null)}"));
            }
        }

        return [.. rows];
    }

    /// <summary>Every file of the data folder in which the bytes stand.</summary>
    public string[] FilesWith(ReadOnlySpan<byte> bytes)
    {
        var found = new List<string>();
        foreach (var file in Directory.EnumerateFiles(DataPath, "*", SearchOption.AllDirectories))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            if (copy.GetBuffer().AsSpan(0, (int)copy.Length).IndexOf(bytes) >= 0) found.Add(Path.GetRelativePath(DataPath, file));
        }

        return [.. found];
    }

    public async ValueTask DisposeAsync()
    {
        await _uploads.DisposeAsync();
        _desk.Dispose();
        await Catalogue.DisposeAsync();
        Gate.Dispose();
        Lake.Dispose();
        _keys.Dispose();
        _folder.Dispose();
    }

    /// <summary>Puts a file about these persons that no submission names, as a crash before a commit leaves it.</summary>
    public async Task<LakeObject> PutAsync(int[] persons, ProjectId? project = null)
    {
        ParquetColumnSpec[] columns =
        [
            new("person_id", ParquetPhysicalType.FixedLenByteArray, ParquetLogicalType.None, false, 32),
            ParquetColumnSpec.Text("label", optional: true),
            ParquetColumnSpec.Of<double>("amount", optional: true),
        ];

        // Uncompressed and without dictionary, so that a search through the bytes means what it says.
        var options = new ParquetWriterOptions
        {
            Codec = ParquetCodec.Uncompressed, UseDictionary = false, KeyValueMetadata = [new(LakeFileFormat.MetadataKey, "2")],
        };
        using var bytes = new MemoryStream();
        using (var writer = ParquetWriter.Create(bytes, columns, options, leaveOpen: true))
        {
            for (var first = 0; first < persons.Length; first += 4)
            {
                var part = persons[first..Math.Min(first + 4, persons.Length)];
                var ids = new byte[part.Length][];
                for (var i = 0; i < part.Length; i++) ids[i] = await LakePersonAsync(part[i], project);
                var group = writer.StartRowGroup();
                group.WriteBytes(ids);
                group.WriteStrings([.. part.Select((_, i) => (first + i) % 3 == 0 ? null : $"row {first + i + 1}")]);
                group.WriteColumn<double>([.. part.Select((_, i) => (first + i) / 2.0)], [.. part.Select((_, i) => (first + i) % 5 != 0)]);
            }

            writer.Close();
        }

        var content = bytes.ToArray();
        using var stream = new MemoryStream(content);
        return await Lake.PutAsync(Convert.ToHexStringLower(SHA256.HashData(content)), stream, Token);
    }
}
