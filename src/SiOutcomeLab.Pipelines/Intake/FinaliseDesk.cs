using System.Collections.Concurrent;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Spool;

namespace SiOutcomeLab.Pipelines.Intake;

/// <summary>
/// Brings uploads to their end, a few at a time. The work belongs to the hub, not to the call that asked for it: a caller may hang up, and
/// the next one joins.
/// </summary>
public sealed class FinaliseDesk : IAsyncDisposable
{
    private readonly ICatalogue _catalogue;
    private readonly UploadDesk _desk;
    private readonly IntakePipeline _pipeline;
    private readonly SemaphoreSlim _checks;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, Work> _works = new(StringComparer.Ordinal);

    /// <param name="catalogue">The catalogue.</param>
    /// <param name="desk">The uploads.</param>
    /// <param name="pipeline">What is done with one that has arrived whole.</param>
    /// <param name="limits">How many at a time.</param>
    public FinaliseDesk(ICatalogue catalogue, UploadDesk desk, IntakePipeline pipeline, UploadLimits limits)
    {
        (_catalogue, _desk, _pipeline) = (catalogue, desk, pipeline);
        _checks = new SemaphoreSlim(limits.MaximumChecks, limits.MaximumChecks);
    }

    /// <summary>Cancelled when the hub stops: what a call is receiving ends, and is gone on with later.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>What the hub is doing with an upload.</summary>
    public UploadStage StageOf(string id) => _works.TryGetValue(id, out var work) ? work.Stage : UploadStage.Receiving;

    /// <summary>Checks and commits an upload, joins the check under way, or gives again what was answered.</summary>
    /// <param name="owner">Who asks.</param>
    /// <param name="id">The upload.</param>
    /// <param name="cancellationToken">Ends the wait; the work goes on.</param>
    /// <exception cref="UploadException">There is no such upload, bytes are missing, it has ended in another way, or the hub is
    /// stopping.</exception>
    /// <exception cref="PeriodOverlapException">A period is already covered; the upload stays open.</exception>
    public async Task<IntakeOutcome> FinaliseAsync(OrganisationId owner, string id, CancellationToken cancellationToken)
    {
        var upload = await _desk.FindAsync(owner, id, cancellationToken) ?? throw UploadException.Unknown();
        if (upload.State != UploadState.Open) return Ended(upload);
        if (_stopping.IsCancellationRequested) throw StoppingNow();
        var work = _works.GetOrAdd(id, static (_, s) => new Work(s.Desk, s.Upload), (Desk: this, Upload: upload));
        return await work.Outcome.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Ends an upload as cancelled, also while it is checked: the check comes to no commit, and is over when this returns. One that has
    /// ended stays as it was.
    /// </summary>
    /// <returns>The upload as it stands now; null when it does not exist.</returns>
    public async Task<Upload?> CancelAsync(string id, CancellationToken cancellationToken)
    {
        var ended = await _desk.EndAsync(id, UploadState.Cancelled, cancellationToken);

        // A work that has not begun yet will read how the upload stands before it does anything.
        if (_works.TryGetValue(id, out var work) && work.HasBegun) await work.Ended.WaitAsync(cancellationToken);
        return ended;
    }

    /// <summary>Stops what is under way; it is begun anew when somebody asks for it at the next start.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_works.Values.Select(w => w.Ended));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _checks.Dispose();
        _stopping.Dispose();
    }

    private async Task<IntakeOutcome> RunAsync(Upload asked, Work work)
    {
        try
        {
            await _checks.WaitAsync(_stopping.Token);
            try
            {
                // First begun, then asked: whoever ends the upload waits for this, or this sees that it has ended.
                work.HasBegun = true;

                // Read again: another work may have ended it between the question and the turn.
                var upload = await _desk.FindAsync(asked.Organisation, asked.Id, _stopping.Token) ?? throw UploadException.Unknown();
                return upload.State == UploadState.Open ? await ReceiveAsync(upload, work) : Ended(upload);
            }
            finally
            {
                _checks.Release();
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            throw StoppingNow();
        }
        catch (UploadEndedException e)
        {
            return Ended(e.Upload ?? throw UploadException.Unknown());
        }
        catch (Exception e) when (e is ObjectDisposedException or SpoolFileTakenException or SpoolDamagedException)
        {
            // The file has gone under the check's hands: by the upload's end, or to a sender who took it before the check was known.
            var upload = await _desk.FindAsync(asked.Organisation, asked.Id, CancellationToken.None) ?? throw UploadException.Unknown();
            if (upload.State != UploadState.Open) return Ended(upload);
            if (!await _desk.HoldsLeaseAsync(asked.Id, work.Epoch, CancellationToken.None)) throw UploadException.LeaseLost();
            if (e is SpoolDamagedException) throw await _desk.DamagedAsync(asked.Id);
            throw;
        }
        finally
        {
            _works.TryRemove(asked.Id, out _);
        }
    }

    private async Task<IntakeOutcome> ReceiveAsync(Upload upload, Work work)
    {
        var cancellationToken = _stopping.Token;
        var status = await _desk.StatusAsync(upload, UploadStage.Checking, cancellationToken);
        if (status.Missing is var (part, durable) && status.Missing is not null) throw Incomplete(part, durable);

        // A lease of its own: whoever still sends can change nothing under the check's hands.
        if (await _catalogue.Uploads.TakeLeaseAsync(upload.Id, cancellationToken) is not { } epoch)
        {
            return Ended(await _desk.FindAsync(upload.Organisation, upload.Id, cancellationToken) ?? throw UploadException.Unknown());
        }

        work.Epoch = epoch;
        var manifest = status.Manifest;
        IntakeOutcome outcome;
        await using (var observations = await _desk.ReopenAsync(upload, SubmissionPart.Observations, manifest.Observations, cancellationToken))
        await using (var participations = manifest.Participations is { } declared
            ? await _desk.ReopenAsync(upload, SubmissionPart.Participations, declared, cancellationToken)
            : null)
        await using (var lakeObservations = await _desk.NewLakeFileAsync(upload, SubmissionPart.Observations, cancellationToken))
        await using (var lakeParticipations = participations is null
            ? null
            : await _desk.NewLakeFileAsync(upload, SubmissionPart.Participations, cancellationToken))
        {
            var files = new ArrivedFiles(
                manifest,
                await observations.CompleteAsync(cancellationToken),
                participations is null ? null : await participations.CompleteAsync(cancellationToken),
                lakeObservations,
                lakeParticipations);
            outcome = await _pipeline.ReceiveAsync(upload, files, stage => work.Stage = stage, cancellationToken);
        }

        if (outcome.IsAccepted) await _desk.ForgetFilesAsync(upload.Id);
        else await _desk.EndAsync(upload.Id, UploadState.Refused, outcome.Answer, CancellationToken.None);
        return outcome;
    }

    private static IntakeOutcome Ended(Upload upload) => upload.State is UploadState.Accepted or UploadState.Refused
        ? IntakeOutcome.Earlier(upload)
        : throw UploadDesk.Closed(upload.State.ToString().ToLowerInvariant());

    private static UploadException Incomplete(SubmissionPart part, long durable) => new(
        UploadProblem.Incomplete,
        $"Only {durable} bytes of the {UploadParts.Name(part)} have come to this hub; send the rest, and then finalise.",
        ("file", UploadParts.Name(part)),
        UploadException.Fact("durable_bytes", durable));

    private static UploadException StoppingNow() =>
        new(UploadProblem.Stopping, "The hub is stopping; ask again when it is back, and it goes on where it was.");

    private sealed class Work
    {
        private readonly Lazy<Task<IntakeOutcome>> _run;
        private volatile int _stage = (int)UploadStage.Checking;
        private volatile bool _hasBegun;

        // Lazy, so that of two that lose the race for the place neither runs.
        public Work(FinaliseDesk desk, Upload upload) => _run = new(() => Task.Run(() => desk.RunAsync(upload, this)));

        public Task<IntakeOutcome> Outcome => _run.Value;

        public UploadStage Stage
        {
            get => (UploadStage)_stage;
            set => _stage = (int)value;
        }

        /// <summary>Whether it has had its turn, and may touch the upload's files.</summary>
        public bool HasBegun
        {
            get => _hasBegun;
            set => _hasBegun = value;
        }

        /// <summary>Its lease; used by the work alone.</summary>
        public long Epoch { get; set; }

        /// <summary>Ends when the work has, well or not.</summary>
        public Task Ended => _run.IsValueCreated ? _run.Value.ContinueWith(static _ => { }, TaskScheduler.Default) : Task.CompletedTask;
    }
}
