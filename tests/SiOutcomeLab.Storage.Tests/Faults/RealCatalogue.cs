using System.Globalization;
using System.Text;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Catalogue.Sqlite;
using SiOutcomeLab.Storage.Keys;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Faults;

/// <summary>
/// The catalogue itself, with uploads' keys wrapped by a key ring. Its own file operations are SQLite's and are not simulated: what it has
/// committed counts as durable.
/// </summary>
internal sealed class RealCatalogue : ISimulationCatalogue
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly HubKeyRing _ring;
    private SqliteCatalogue? _catalogue;

    public RealCatalogue() => _ring = HubKeyRing.Create(_folder.File("keys.json"), _folder.File("data"));

    private ISubmissionCatalogue Submissions => _catalogue!.Submissions;

    private IUploadCatalogue Uploads => _catalogue!.Uploads;

    private KeptSecrets Secrets => new(_catalogue!.Uploads, _catalogue.Projects, _ring);

    public async Task<byte[]?> OpenUploadAsync(Sender sender, CancellationToken cancellationToken)
    {
        if (await FindAsync(sender, cancellationToken) is not null) return null;
        var draft = new Upload(
            sender.UploadId,
            OrganisationOf(sender),
            SampleSubmissions.Project,
            ContentOf(sender),
            "{}",
            sender.Content.Length,
            Secrets.NewUploadKey(sender.UploadId),
            Start,
            Start.AddYears(1));
        var opened = await Uploads.OpenAsync(draft, new UploadQuota(10, long.MaxValue), cancellationToken);
        return Secrets.UploadKey(opened.Upload);
    }

    public async Task CommitAsync(Sender sender, LakeObject named, CancellationToken cancellationToken)
    {
        var number = sender.Number.ToString(CultureInfo.InvariantCulture);
        var draft = SampleSubmissions.Of(number, "2025", organisation: OrganisationOf(sender))
            with { Observations = named, Participations = null, ParticipationRows = 0, ContentHash = ContentOf(sender) };
        await Submissions.CommitAsync(draft, new UploadEnd(sender.UploadId, Encoding.UTF8.GetBytes(draft.Id)), cancellationToken);
    }

    public async Task<string?> ReceiptAsync(Sender sender, CancellationToken cancellationToken)
    {
        if (await FindAsync(sender, cancellationToken) is not { } found) return null;
        return await Submissions.ReceiptAsync(found.Organisation, found.Id, cancellationToken) is { } receipt ? Encoding.UTF8.GetString(receipt.Span) : null;
    }

    public async Task WithdrawAsync(Sender sender, CancellationToken cancellationToken)
    {
        if (await FindAsync(sender, cancellationToken) is not { } found) return;
        await Submissions.PurgeAsync(found.Id, AuditEntry.OfHub(Start, "purge", "submissions/" + found.Id, "OK"), cancellationToken);
    }

    public async Task<IReadOnlyList<(int Sender, LakeObject Named)>> RowsAsync(CancellationToken cancellationToken)
    {
        var kept = await Submissions.KeptAsync(null, cancellationToken);
        return [.. kept.Select(s => (int.Parse(s.Organisation.Code[1..], CultureInfo.InvariantCulture), s.Observations))];
    }

    public async Task<IReadOnlySet<string>> OpenUploadsAsync(CancellationToken cancellationToken) =>
        (await Uploads.AllOpenAsync(cancellationToken)).Select(u => u.Id).ToHashSet();

    public Task<IReadOnlySet<string>> NamedObjectsAsync(CancellationToken cancellationToken) =>
        Submissions.NamedObjectsAsync(cancellationToken);

    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        if (_catalogue is not null) await _catalogue.DisposeAsync();
        _catalogue = await SqliteCatalogue.OpenAsync(_folder.File("catalogue.db"), cancellationToken: cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_catalogue is not null) await _catalogue.DisposeAsync();
        _ring.Dispose();
        _folder.Dispose();
    }

    private static OrganisationId OrganisationOf(Sender sender) => new("o" + sender.Number.ToString(CultureInfo.InvariantCulture));

    private static string ContentOf(Sender sender) => SampleSubmissions.Sha256($"content {sender.Number}");

    private async Task<Submission?> FindAsync(Sender sender, CancellationToken cancellationToken) =>
        await Submissions.FindByContentAsync(OrganisationOf(sender), SampleSubmissions.Project, ContentOf(sender), cancellationToken);
}
