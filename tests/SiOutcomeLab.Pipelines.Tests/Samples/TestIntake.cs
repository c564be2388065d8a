using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Pipelines.Custody;
using SiOutcomeLab.Pipelines.Intake;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Disk;
using SiOutcomeLab.Storage.Keys;
using SiOutcomeLab.Storage.Lake;
using SiOutcomeLab.Storage.Spool;

namespace SiOutcomeLab.Pipelines.Tests.Samples;

/// <summary>Intake as a hub puts it together, on a test's own lab. Disposing it is a restart's first half: the lab stays.</summary>
internal sealed class TestIntake : IAsyncDisposable
{
    private readonly HubKeyRing _ring;

    public TestIntake(TestLab lab, UploadLimits? limits = null, ILake? lake = null, IProjectCatalogue? projects = null)
    {
        Lab = lab;
        Limits = limits ?? new UploadLimits();
        _ring = File.Exists(lab.KeyPath) ? HubKeyRing.Load(lab.KeyPath, lab.DataPath) : HubKeyRing.Create(lab.KeyPath, lab.DataPath);
        var keys = new KeptSecrets(lab.Catalogue.Uploads, projects ?? lab.Catalogue.Projects, _ring);
        var answers = new PlainAnswers();
        Spool = new UploadSpool(PhysicalDisk.Instance, lab.SpoolPath, 2 * Limits.SpoolBytes, lab.Time);
        Gate = new LakeGate(lab.Catalogue, lake ?? lab.Lake, lab.Time);
        Desk = new UploadDesk(lab.Catalogue, Spool, keys, answers, Limits, lab.Time);
        Finalise = new FinaliseDesk(lab.Catalogue, Desk, new IntakePipeline(lab.Catalogue, Gate, keys, answers, lab.Time), Limits);
        Keeping = new UploadKeeping(lab.Catalogue, Desk, Finalise, Spool, Limits, lab.Time, NullLogger<UploadKeeping>.Instance);
    }

    public TestLab Lab { get; }

    public UploadLimits Limits { get; }

    public UploadSpool Spool { get; }

    public LakeGate Gate { get; }

    public UploadDesk Desk { get; }

    public FinaliseDesk Finalise { get; }

    public UploadKeeping Keeping { get; }

    public string[] SpoolFiles => Directory.Exists(Lab.SpoolPath) ? Directory.GetFiles(Lab.SpoolPath) : [];

    public static SubmissionManifest ManifestOf(FollowUp data, byte[] observations, byte[]? participations) => new(
        new(SamplePlans.Municipality),
        SamplePlans.Years.Project,
        PeriodLength.Year,
        [.. data.Periods],
        new PopulationStatement("Alla i målgruppen.", "Verksamhetssystemet."),
        "Prov.",
        AllowedUses.OwnEvaluation,
        DataPolicy.Standard,
        Describe(observations, data.Rows),
        participations is null ? null : Describe(participations, data.Starts));

    /// <summary>The whole way: opened, sent, finalised.</summary>
    public async Task<IntakeOutcome> SendAsync(SubmissionManifest manifest, byte[] observations, byte[]? participations)
    {
        var id = (await Desk.OpenAsync(manifest, TestLab.Token)).Opened!.Upload.Id;
        await WriteAsync(manifest, id, SubmissionPart.Observations, observations);
        if (participations is not null) await WriteAsync(manifest, id, SubmissionPart.Participations, participations);
        return await Finalise.FinaliseAsync(manifest.Organisation, id, TestLab.Token);
    }

    /// <summary>Sends a file, or what is given of it, from an offset.</summary>
    public async Task<long> WriteAsync(SubmissionManifest manifest, string id, SubmissionPart part, ReadOnlyMemory<byte> bytes, long offset = 0)
    {
        await using var writer = await Desk.WriteAsync(manifest.Organisation, id, part, TestLab.Token);
        await writer.AppendAsync(offset, bytes, TestLab.Token);
        return await writer.FlushAsync(TestLab.Token);
    }

    public async Task<UploadStatus> StatusAsync(SubmissionManifest manifest, string id) =>
        await Desk.StatusAsync((await Desk.FindAsync(manifest.Organisation, id, TestLab.Token))!, Finalise.StageOf(id), TestLab.Token);

    public async ValueTask DisposeAsync()
    {
        Keeping.Dispose();
        await Finalise.DisposeAsync();
        Desk.Dispose();
        Gate.Dispose();
        _ring.Dispose();
    }

    private static ManifestFile Describe(byte[] bytes, long rows) => new(Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length, rows);
}
