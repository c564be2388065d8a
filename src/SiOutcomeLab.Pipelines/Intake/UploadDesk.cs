using System.Security.Cryptography;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Keys;
using SiOutcomeLab.Storage.Spool;

namespace SiOutcomeLab.Pipelines.Intake;

/// <summary>Submissions on their way in: opened, received, given up. How they end well is <see cref="FinaliseDesk"/>'s.</summary>
public sealed class UploadDesk : IDisposable
{
    private readonly ICatalogue _catalogue;
    private readonly UploadSpool _spool;
    private readonly KeptSecrets _keys;
    private readonly IIntakeAnswers _answers;
    private readonly UploadLimits _limits;
    private readonly TimeProvider _time;
    private readonly DurableBytes _durable = new();
    private readonly SemaphoreSlim _streams;

    /// <param name="catalogue">The catalogue.</param>
    /// <param name="spool">Where the bytes go.</param>
    /// <param name="keys">The keys they are encrypted under.</param>
    /// <param name="answers">Puts receipts into bytes.</param>
    /// <param name="limits">How much, and for how long.</param>
    /// <param name="time">The clock.</param>
    public UploadDesk(ICatalogue catalogue, UploadSpool spool, KeptSecrets keys, IIntakeAnswers answers, UploadLimits limits, TimeProvider time)
    {
        (_catalogue, _spool, _keys, _answers, _limits, _time) = (catalogue, spool, keys, answers, limits, time);
        _streams = new SemaphoreSlim(limits.MaximumStreams, limits.MaximumStreams);
    }

    /// <summary>Opens an upload, or finds the one that is open for the same content, or the receipt of the same content.</summary>
    /// <exception cref="UploadException">Too large, too much, or no room.</exception>
    public async Task<UploadOpening> OpenAsync(SubmissionManifest manifest, CancellationToken cancellationToken)
    {
        var content = manifest.ContentHash();
        if (await _catalogue.Submissions.FindByContentAsync(manifest.Organisation, manifest.Project, content, cancellationToken) is { } there)
        {
            return new UploadOpening(null, await ReceiptAsync(there, cancellationToken));
        }

        var bytes = DeclaredBytes(manifest);
        await RequireRoomAsync(manifest, content, bytes, cancellationToken);
        var (id, now) = (Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), _time.GetUtcNow());
        var draft = new Upload(
            id, manifest.Organisation, manifest.Project, content, manifest.ToString(), bytes, _keys.NewUploadKey(id), now, now + _limits.TimeToLive);
        try
        {
            var quota = new UploadQuota(_limits.MaximumOpen, _limits.MaximumOpenBytes);
            var opened = await _catalogue.Uploads.OpenAsync(draft, quota, cancellationToken);
            if (!opened.WasThere) _durable.Began(id);
            return new UploadOpening(await StatusAsync(opened.Upload, UploadStage.Receiving, cancellationToken), null);
        }
        catch (UploadQuotaException e)
        {
            throw new UploadException(
                UploadProblem.Quota,
                "Your organisation has too much on its way in at once; finish or cancel an upload first.",
                UploadException.Fact("maximum_open", e.Quota.MaximumOpen),
                UploadException.Fact("maximum_bytes", e.Quota.MaximumBytes));
        }
    }

    /// <summary>The receipt of a submission; for one taken in before receipts were kept, made of what the catalogue has.</summary>
    public async Task<ReadOnlyMemory<byte>> ReceiptAsync(Submission submission, CancellationToken cancellationToken)
    {
        var kept = await _catalogue.Submissions.ReceiptAsync(submission.Organisation, submission.Id, cancellationToken);
        return kept is { IsEmpty: false } receipt ? receipt : _answers.Receipt(submission, EarlierReceipt.Of(submission));
    }

    /// <summary>The owner's upload; null when there is none.</summary>
    public async Task<Upload?> FindAsync(OrganisationId owner, string id, CancellationToken cancellationToken) =>
        await _catalogue.Uploads.FindAsync(owner, id, cancellationToken);

    /// <summary>The owner's uploads that the hub remembers, the oldest first.</summary>
    public Task<IReadOnlyList<Upload>> ListAsync(OrganisationId owner, CancellationToken cancellationToken) =>
        _catalogue.Uploads.ListAsync(owner, cancellationToken);

    /// <summary>How much of an upload is there.</summary>
    public async Task<UploadStatus> StatusAsync(Upload upload, UploadStage stage, CancellationToken cancellationToken)
    {
        var manifest = UploadParts.Manifest(upload);
        if (upload.State != UploadState.Open) return new UploadStatus(upload, manifest, 0, 0, stage);
        var observations = await DurableAsync(upload, SubmissionPart.Observations, cancellationToken);
        var participations = manifest.Participations is null ? 0 : await DurableAsync(upload, SubmissionPart.Participations, cancellationToken);
        return new UploadStatus(upload, manifest, observations, participations, stage);
    }

    /// <summary>Takes an upload over and begins to receive one of its files. Dispose of the writer when the sender is done, or gone.</summary>
    /// <exception cref="UploadException">There is no such upload, it is not open, it has no such file, or too many are being
    /// received.</exception>
    public async Task<UploadWriter> WriteAsync(OrganisationId owner, string id, SubmissionPart part, CancellationToken cancellationToken)
    {
        var upload = RequireOpen(await FindAsync(owner, id, cancellationToken));
        var declared = UploadParts.Declared(UploadParts.Manifest(upload), part);
        if (!_streams.Wait(0, CancellationToken.None))
        {
            throw new UploadException(UploadProblem.Rate, "Too many files are being received at this moment; try again in a few seconds.");
        }

        var stream = new Slot(_streams);
        try
        {
            if (await _catalogue.Uploads.TakeLeaseAsync(id, cancellationToken) is not { } epoch)
            {
                // Ended since it was found open: what it is now is the answer.
                RequireOpen(await FindAsync(owner, id, cancellationToken));
                throw UploadException.LeaseLost();
            }

            var file = await ReopenAsync(upload, part, declared, cancellationToken);
            _durable.Grew(id, part, file.DurableBytes);
            return new UploadWriter(this, upload, epoch, part, declared, file, stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Ends an open upload in another way than accepted: files and key are destroyed. One that has ended stays as it was.</summary>
    /// <returns>The upload as it stands now; null when it does not exist.</returns>
    public Task<Upload?> EndAsync(string id, UploadState state, CancellationToken cancellationToken) =>
        EndAsync(id, state, ReadOnlyMemory<byte>.Empty, cancellationToken);

    /// <summary>Refuses an act on an upload that is not there or not open.</summary>
    internal static Upload RequireOpen(Upload? upload) => upload switch
    {
        null => throw UploadException.Unknown(),
        { State: UploadState.Open } => upload,
        _ => throw Closed(upload.State.ToString().ToLowerInvariant()),
    };

    /// <summary>The upload is not open.</summary>
    public static UploadException Closed(string state) =>
        new(UploadProblem.Closed, $"The upload is not open any more: it is {state}.", ("state", state));

    /// <summary>As the public one, with what the sender is answered.</summary>
    internal async Task<Upload?> EndAsync(string id, UploadState state, ReadOnlyMemory<byte> outcome, CancellationToken cancellationToken)
    {
        // The key goes first, with the row: whatever is left of the files after a crash here is noise, and the sweeper takes it.
        var ended = await _catalogue.Uploads.EndAsync(id, state, outcome, cancellationToken);
        await ForgetFilesAsync(id);
        return ended;
    }

    /// <summary>Ends an upload whose file in the spool cannot be read any more.</summary>
    internal async Task<UploadException> DamagedAsync(string id)
    {
        var ended = await EndAsync(id, UploadState.Expired, CancellationToken.None);

        // Ended by somebody else, who deleted the file: then it is not damaged.
        if (ended is { State: not UploadState.Expired }) return Closed(ended.State.ToString().ToLowerInvariant());
        return new UploadException(
            UploadProblem.Damaged, "What had come of this upload is damaged on the hub's disk, so the upload has ended; send the same content anew.");
    }

    internal async Task ForgetFilesAsync(string id)
    {
        // Whoever writes loses the file first, and so can make nothing known of it afterwards.
        await _spool.DeleteAsync(id, CancellationToken.None);
        _durable.Forget(id);
    }

    internal Task<bool> HoldsLeaseAsync(string id, long epoch, CancellationToken cancellationToken) =>
        _catalogue.Uploads.HoldsLeaseAsync(id, epoch, cancellationToken);

    internal void Grew(string id, SubmissionPart part, long durable) => _durable.Grew(id, part, durable);

    internal async Task<SpoolFile> ReopenAsync(Upload upload, SubmissionPart part, ManifestFile declared, CancellationToken cancellationToken)
    {
        var key = _keys.UploadKey(upload);
        try
        {
            return await _spool.ReopenAsync(upload.Id, UploadParts.Name(part), key, declared.Bytes, cancellationToken);
        }
        catch (SpoolDamagedException)
        {
            throw await DamagedAsync(upload.Id);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>An empty file for a sent file's counterpart in the lake; what an earlier attempt left of it is gone.</summary>
    internal async Task<SpoolFile> NewLakeFileAsync(Upload upload, SubmissionPart part, CancellationToken cancellationToken)
    {
        var name = "lake-" + UploadParts.Name(part);
        var key = _keys.UploadKey(upload);
        try
        {
            var earlier = await _spool.ReopenAsync(upload.Id, name, key, long.MaxValue, cancellationToken);
            if (earlier.Bytes == 0) return earlier;
            await earlier.DeleteAsync();
            return _spool.Create(upload.Id, name, key, long.MaxValue);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _streams.Dispose();

    private static long DeclaredBytes(SubmissionManifest manifest) => manifest.Observations.Bytes + (manifest.Participations?.Bytes ?? 0);

    // After a restart the file itself knows. It is asked, not taken: its sender may be just about to go on.
    private async Task<long> DurableAsync(Upload upload, SubmissionPart part, CancellationToken cancellationToken)
    {
        if (_durable.Of(upload.Id, part) is { } known) return known;
        var key = _keys.UploadKey(upload);
        try
        {
            var durable = await _spool.DurableBytesAsync(upload.Id, UploadParts.Name(part), key, cancellationToken);
            if (durable > 0) _durable.Grew(upload.Id, part, durable);
            return durable;
        }
        catch (SpoolDamagedException)
        {
            throw await DamagedAsync(upload.Id);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private async Task RequireRoomAsync(SubmissionManifest manifest, string content, long bytes, CancellationToken cancellationToken)
    {
        if (Math.Max(manifest.Observations.Bytes, manifest.Participations?.Bytes ?? 0) > _limits.MaximumFileBytes)
        {
            throw new UploadException(
                UploadProblem.TooLarge,
                "A file is larger than this hub takes; send fewer periods at a time.",
                UploadException.Fact("maximum_bytes", _limits.MaximumFileBytes));
        }

        var open = await _catalogue.Uploads.AllOpenAsync(cancellationToken);
        var taken = open.Where(u => u.Organisation != manifest.Organisation || u.ContentHash != content).Sum(u => u.DeclaredBytes);
        if (bytes > _limits.SpoolBytes - taken)
        {
            throw new UploadException(UploadProblem.SpoolFull, "Too many submissions are arriving at this moment; send this one again in a minute.");
        }
    }

    private sealed class Slot(SemaphoreSlim slots) : IDisposable
    {
        private int _isFree;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isFree, 1) == 0) slots.Release();
        }
    }
}
