using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Disk;
using SiOutcomeLab.Storage.Spool;

namespace SiOutcomeLab.Pipelines.Intake;

/// <summary>
/// Takes the bytes of one file of an upload under one lease. What has come is durable at least every 8 MiB, and when it is disposed,
/// however the sender went away.
/// </summary>
public sealed class UploadWriter : IAsyncDisposable
{
    /// <summary>The most bytes that a crash can take back from a sender that goes on sending.</summary>
    public const int FlushBytes = 8 * 1024 * 1024;

    private const int MagicBytes = 4;

    private readonly UploadDesk _desk;
    private readonly Upload _upload;
    private readonly long _epoch;
    private readonly SubmissionPart _part;
    private readonly ManifestFile _declared;
    private readonly SpoolFile _file;
    private readonly IDisposable _stream;
    private bool _isDone;

    internal UploadWriter(
        UploadDesk desk, Upload upload, long epoch, SubmissionPart part, ManifestFile declared, SpoolFile file, IDisposable stream)
    {
        (_desk, _upload, _epoch, _part, _declared, _file, _stream) = (desk, upload, epoch, part, declared, file, stream);
    }

    /// <summary>Bytes of the file that have come, durable or not.</summary>
    public long Bytes => _file.Bytes;

    /// <summary>Takes a chunk. Bytes that were there are compared and passed over.</summary>
    /// <param name="offset">Its place in the file.</param>
    /// <param name="data">Its bytes; its checksum has been held against them.</param>
    /// <param name="cancellationToken">Cancels the wait for the disk.</param>
    /// <exception cref="UploadException">The chunk does not belong there, differs from what was there, or the lease is lost.</exception>
    public async ValueTask AppendAsync(long offset, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        try
        {
            if (offset > Bytes) throw await AheadAsync(cancellationToken);
            if (offset < 0 || data.Length > _declared.Bytes - offset) throw Beyond();
            var overlap = data[..(int)Math.Min(data.Length, Bytes - offset)];
            if (!overlap.IsEmpty && !await _file.MatchesAsync(offset, overlap, cancellationToken)) throw await PoisonAsync();
            var fresh = data[overlap.Length..];
            if (fresh.IsEmpty) return;
            RequireMagic(fresh.Span);
            await _file.AppendAsync(Bytes, fresh, cancellationToken);
            if (Bytes - _file.DurableBytes >= FlushBytes) await FlushAsync(cancellationToken);
        }
        catch (SpoolFileTakenException)
        {
            throw UploadException.LeaseLost();
        }
    }

    /// <summary>Makes what has come durable, and makes sure that it counts.</summary>
    /// <returns>The durable bytes of the file.</returns>
    /// <exception cref="UploadException">The lease is lost.</exception>
    public async ValueTask<long> FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            var durable = await _file.FlushAsync(cancellationToken);
            if (!await _desk.HoldsLeaseAsync(_upload.Id, _epoch, cancellationToken)) throw UploadException.LeaseLost();
            _desk.Grew(_upload.Id, _part, durable);
            return durable;
        }
        catch (SpoolFileTakenException)
        {
            throw UploadException.LeaseLost();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isDone) return;
        _isDone = true;
        try
        {
            var durable = await _file.FlushAsync(CancellationToken.None);

            // Not of an upload that has ended meanwhile: what is known of its files has been forgotten.
            if (await _desk.HoldsLeaseAsync(_upload.Id, _epoch, CancellationToken.None)) _desk.Grew(_upload.Id, _part, durable);
        }
        catch (Exception e) when (e is SpoolFileTakenException or CatalogueUnavailableException or StorageUnavailableException or SpoolFullException or ObjectDisposedException or InvalidOperationException)
        {
            // Whoever called has been told what is durable; what more there might have been is sent again.
            return;
        }
        finally
        {
            await _file.DisposeAsync();
            _stream.Dispose();
        }
    }

    private void RequireMagic(ReadOnlySpan<byte> fresh)
    {
        if (Bytes >= MagicBytes) return;
        var expected = "PAR1"u8[(int)Bytes..];
        var common = Math.Min(expected.Length, fresh.Length);
        if (fresh[..common].SequenceEqual(expected[..common])) return;
        throw new UploadException(UploadProblem.NotParquet, "The file does not begin as a Parquet file does; export the table as Parquet.");
    }

    private async Task<UploadException> AheadAsync(CancellationToken cancellationToken)
    {
        var durable = await FlushAsync(cancellationToken);
        return new(
            UploadProblem.OffsetAhead,
            $"The chunk begins beyond the {durable} bytes that have come; go on from there.",
            ("file", UploadParts.Name(_part)),
            UploadException.Fact("durable_bytes", durable));
    }

    private UploadException Beyond() => new(
        UploadProblem.BeyondDeclared,
        $"The manifest declares {_declared.Bytes} bytes for this file; make the manifest from the file that is sent.",
        ("file", UploadParts.Name(_part)),
        UploadException.Fact("declared_bytes", _declared.Bytes));

    private async Task<UploadException> PoisonAsync()
    {
        await _desk.EndAsync(_upload.Id, UploadState.Poisoned, CancellationToken.None);
        return new(
            UploadProblem.Poisoned,
            "Bytes sent again differ from those that came before, so none of them can be believed; the upload has ended, begin anew.");
    }
}
