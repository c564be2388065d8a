using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using SiOutcomeLab.Cli.Calls;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Reading;
using SiOutcomeLab.Protos.Intake.V1;

namespace SiOutcomeLab.Cli.Pushing;

/// <summary>
/// Brings a submission to the hub, through cuts of the line and restarts of the hub: whatever breaks, it asks the hub what it has, and
/// goes on from there.
/// </summary>
internal sealed class SubmissionUpload(HubConnection hub, SubmissionFiles files, PushSettings settings, IPushProgress progress, TimeProvider time)
{
    private const int SmallestChunk = 16 * 1024;

    private readonly Backoff _backoff = new(settings.FirstPause, settings.LongestPause, settings.Seed);
    private string? _name;
    private int _chunkBytes = settings.ChunkBytes;
    private long _mostDurable = -1;
    private long _lastProgress;
    private int _attempts;
    private long _bytesSent;

    /// <summary>Sends, and waits for the answer.</summary>
    /// <exception cref="RpcException">The hub refused a call for good.</exception>
    /// <exception cref="CommandException">Nothing arrived for too long.</exception>
    public async Task<PushOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var manifest = ByteString.CopyFrom(await File.ReadAllBytesAsync(files.Manifest, cancellationToken));
        _lastProgress = time.GetTimestamp();
        progress.Phase(PushPhase.Sending);
        while (true)
        {
            try
            {
                return await AttemptAsync(manifest, cancellationToken);
            }
            catch (RpcException e) when (!cancellationToken.IsCancellationRequested && RetryRule.ShouldTryAgain(e))
            {
                await PauseAsync(e, cancellationToken);
            }
        }
    }

    private async Task<PushOutcome> AttemptAsync(ByteString manifest, CancellationToken cancellationToken)
    {
        if (await StandingAsync(cancellationToken) is not { } upload)
        {
            var request = new CreateUploadRequest { Manifest = manifest };
            var created = await hub.Intake.CreateUploadAsync(request, hub.Options(settings.CallLimit, cancellationToken));
            if (created.OutcomeCase == CreateUploadResponse.OutcomeOneofCase.Accepted)
            {
                // The manifest's content stands already; a receipt for it must not be taken for one of files that have changed since.
                foreach (var file in created.Accepted.Receipt.Files) await RequireSameAsync(file, cancellationToken);
            }

            if (created.OutcomeCase != CreateUploadResponse.OutcomeOneofCase.Upload) return Answered(created);
            upload = created.Upload;
            _name = upload.Name;
        }

        Note(upload);
        foreach (var file in upload.Files) RequireLength(file);
        await SendAsync(upload, cancellationToken);
        return Outcome(await FinaliseAsync(upload.Name, cancellationToken), wasThere: false);
    }

    /// <summary>The upload as it stands after a failure; null when there is none yet, or the hub has given it up.</summary>
    private async Task<Upload?> StandingAsync(CancellationToken cancellationToken)
    {
        if (_name is null) return null;
        try
        {
            var upload = (await hub.Intake.GetUploadAsync(new GetUploadRequest { Name = _name }, hub.Options(settings.CallLimit, cancellationToken))).Upload;
            if (upload.State != UploadState.Expired) return upload;
        }
        catch (RpcException e) when (RetryRule.ReasonOf(e) == "UPLOAD_UNKNOWN")
        {
            // Forgotten is as good as given up: begun anew either way.
            progress.At(0);
        }

        (_name, _mostDurable) = (null, -1);
        return null;
    }

    private async Task SendAsync(Upload upload, CancellationToken cancellationToken)
    {
        if (upload.State != UploadState.Open) return;
        var before = 0L;
        foreach (var file in upload.Files)
        {
            var (at, start) = (file.DurableBytes, before);
            progress.At(start + at);
            var send = new FileSend(hub, upload.Name, settings.SendLimit, _chunkBytes, bytes =>
            {
                _bytesSent += bytes;
                progress.At(start + (at += bytes));
            });
            if (file.DurableBytes < file.DeclaredBytes) await send.RunAsync(file, files.PathOf(file.File), cancellationToken);
            before += file.DeclaredBytes;
        }

        progress.At(before);
    }

    // Told before anything is sent; the hub would say the same after everything.
    private void RequireLength(UploadedFile file)
    {
        var path = files.PathOf(file.File);
        var found = FileLength.Of(path);
        if (found != file.DeclaredBytes) throw PushFailures.NotAsDeclared(path, file.DeclaredBytes, found);
    }

    private async Task RequireSameAsync(ReceivedFile file, CancellationToken cancellationToken)
    {
        var path = files.PathOf(file.File);
        await using var content = File.OpenRead(path);
        if (content.Length != file.Bytes) throw PushFailures.NotAsDeclared(path, file.Bytes, content.Length);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
        if (hash != file.Sha256) throw PushFailures.NotAsReceived(path);
    }

    private async Task<FinaliseUploadResponse> FinaliseAsync(string name, CancellationToken cancellationToken)
    {
        progress.Phase(PushPhase.Checking);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = WatchAsync(name, ended.Token);
        try
        {
            return await hub.Intake.FinaliseUploadAsync(
                new FinaliseUploadRequest { Name = name }, hub.Options(settings.CheckLimit, cancellationToken));
        }
        finally
        {
            await ended.CancelAsync();
            await watch;
        }
    }

    // Only for whoever looks on: what it cannot learn it leaves out.
    private async Task WatchAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
                var seen = await hub.Intake.GetUploadAsync(new GetUploadRequest { Name = name }, hub.Options(settings.CallLimit, cancellationToken));
                if (seen.Upload.State == UploadState.Committing) progress.Phase(PushPhase.Committing);
                if (seen.Upload.State is UploadState.Checking or UploadState.Committing) _lastProgress = time.GetTimestamp();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or RpcException)
        {
            return;
        }
    }

    private void Note(Upload upload)
    {
        var durable = upload.Files.Sum(f => f.DurableBytes);
        if (durable <= _mostDurable)
        {
            // A line that breaks before a chunk is through brings nothing, however often; smaller ones may get through.
            _chunkBytes = Math.Max(Math.Min(SmallestChunk, settings.ChunkBytes), _chunkBytes / 4);
            return;
        }

        _mostDurable = durable;
        _lastProgress = time.GetTimestamp();
        _backoff.Reset();
    }

    private async Task PauseAsync(RpcException failure, CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(_lastProgress) >= settings.GiveUpAfter) throw PushFailures.GaveUp(failure, settings.GiveUpAfter);
        _attempts++;
        var pause = _backoff.Next();
        progress.Waiting(failure, pause);
        await Task.Delay(pause, time, cancellationToken);
        progress.Phase(PushPhase.Sending);
    }

    private PushOutcome Answered(CreateUploadResponse created) => created.OutcomeCase == CreateUploadResponse.OutcomeOneofCase.Accepted
        ? Outcome(new FinaliseUploadResponse { Accepted = created.Accepted }, wasThere: _attempts == 0)
        : Outcome(new FinaliseUploadResponse { Refused = created.Refused }, wasThere: false);

    private PushOutcome Outcome(FinaliseUploadResponse answer, bool wasThere) => new(answer, wasThere, _attempts, _bytesSent);
}
