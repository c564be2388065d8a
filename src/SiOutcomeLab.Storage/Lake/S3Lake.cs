using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.S3.Model;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Disk;

namespace SiOutcomeLab.Storage.Lake;

/// <summary>
/// A lake in a store that speaks S3: the object with hash <c>abcdef…</c> is <c>{prefix}objects/ab/cdef…</c>, as in a folder.
/// </summary>
/// <remarks>
/// An object is there whole or not at all: what is small comes in one request, after its hash has been compared; what is large comes in
/// parts that are completed after it has. Memory is one part for a put and a few blocks for a reader. Puts of one object at once are
/// harmless, since each is whole. When an object was last put stands with it by the hub's clock, so that the store's is not relied on.
/// </remarks>
public sealed class S3Lake : IMarkedLake, IDisposable
{
    internal const string PutAt = "x-amz-meta-silab-put-at";

    private const int PartBytes = 8 << 20;
    private const int PageNames = 1000;
    private const string Objects = LakeFormat.ObjectsFolder + "/";
    private const string MarkName = "lake-catalogue";

    private readonly S3Bucket _bucket;
    private readonly TimeProvider _time;

    private S3Lake(S3Bucket bucket, TimeProvider time) => (_bucket, _time) = (bucket, time);

    /// <summary>Tries whether the store keeps and forgets what it is told to, and opens the lake in it, making it where there is none.</summary>
    /// <param name="place">Where it is.</param>
    /// <param name="timeProvider">The clock that dates objects for the sweeper; the system's when null.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="LakeOpenException">The store does not answer, lets the hub not in, gives back other bytes, or keeps what is
    /// deleted.</exception>
    /// <exception cref="LakeFormatException">Another build's lake is there; it is as it was.</exception>
    public static async Task<S3Lake> OpenAsync(S3Place place, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(place);
        var bucket = new S3Bucket(place);
        try
        {
            await new S3Trial(bucket, place).RunAsync(cancellationToken);
            await RequireFormatAsync(bucket, place, cancellationToken);
            return new S3Lake(bucket, timeProvider ?? TimeProvider.System);
        }
        catch
        {
            bucket.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<LakeObject> PutAsync(string sha256, Stream content, CancellationToken cancellationToken)
    {
        var name = NameOf(sha256);
        var buffer = new byte[PartBytes];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var first = await content.ReadAtLeastAsync(buffer, PartBytes, throwOnEndOfStream: false, cancellationToken);
        hash.AppendData(buffer, 0, first);
        if (first == PartBytes) return await PutPartsAsync(name, sha256, buffer, content, hash, cancellationToken);
        Require(sha256, hash);
        await _bucket.PutAsync(name, buffer.AsMemory(0, first), Now(), cancellationToken);
        return new LakeObject(sha256, first);
    }

    /// <inheritdoc/>
    public async Task<Stream> OpenReadAsync(LakeObject lakeObject, CancellationToken cancellationToken)
    {
        var name = NameOf(lakeObject.Sha256);
        var found = await _bucket.FindAsync(name, cancellationToken) ?? throw new LakeObjectMissingException(lakeObject.Sha256);
        if (found.Bytes != lakeObject.Bytes) throw new LakeObjectDamagedException(lakeObject.Sha256, lakeObject.Bytes, found.Bytes);
        return await S3ReadStream.OpenAsync(_bucket, name, lakeObject, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<int> SweepAsync(IReadOnlySet<string> named, DateTimeOffset olderThan, CancellationToken cancellationToken)
    {
        var removed = 0;
        await foreach (var name in _bucket.ListAsync(Objects, PageNames, cancellationToken))
        {
            var sha256 = name[Objects.Length..].Replace("/", string.Empty, StringComparison.Ordinal);
            if (!Sha256Text.IsValid(sha256) || name != NameOf(sha256) || named.Contains(sha256)) continue;

            // Judged just before it goes: a put that came first has made the object young.
            if (await _bucket.FindAsync(name, cancellationToken) is not { } found || !(TimeOf(found.PutAt) < olderThan)) continue;
            await _bucket.DeleteAsync(name, cancellationToken);
            removed++;
        }

        return removed;
    }

    /// <inheritdoc/>
    public async Task<bool> EraseAsync(string sha256, CancellationToken cancellationToken)
    {
        var name = NameOf(sha256);
        var wasThere = await _bucket.FindAsync(name, cancellationToken) is not null;
        await _bucket.DeleteAsync(name, cancellationToken);
        return wasThere;
    }

    /// <inheritdoc/>
    public async Task<string> MarkAsync(string candidate, CancellationToken cancellationToken)
    {
        if (await _bucket.ReadAsync(MarkName, 0, 0, cancellationToken) is { Length: > 0 } found) return Encoding.ASCII.GetString(found).Trim();
        await _bucket.PutAsync(MarkName, Encoding.ASCII.GetBytes(candidate), null, cancellationToken);
        return candidate;
    }

    /// <inheritdoc/>
    public void Dispose() => _bucket.Dispose();

    private static async Task RequireFormatAsync(S3Bucket bucket, S3Place place, CancellationToken cancellationToken)
    {
        var found = await bucket.ReadAsync(LakeFormat.FileName, 0, 0, cancellationToken);
        if (found is null)
        {
            await foreach (var _ in bucket.ListAsync(Objects, 1, cancellationToken))
            {
                throw new LakeFormatException(LakeFormatProblem.Unreadable, place.ToString(), null);
            }

            await bucket.PutAsync(LakeFormat.FileName, LakeFormat.TextOf(LakeFormat.Current), null, cancellationToken);
            return;
        }

        var format = LakeFormat.Parse(Encoding.ASCII.GetString(found)) ?? throw new LakeFormatException(LakeFormatProblem.Unreadable, place.ToString(), null);
        if (format < LakeFormat.Current) throw new LakeFormatException(LakeFormatProblem.TooOld, place.ToString(), format);
        if (format > LakeFormat.Current) throw new LakeFormatException(LakeFormatProblem.TooNew, place.ToString(), format);
    }

    private static string NameOf(string sha256)
    {
        Sha256Text.Require(sha256, nameof(sha256));
        return $"{Objects}{sha256[..2]}/{sha256[2..]}";
    }

    private static void Require(string expected, IncrementalHash hash)
    {
        var found = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (found == expected) return;
        throw new InvalidDataException(
            $"The content has the SHA-256 {found}, not {expected} under which it was to be stored; send it again.");
    }

    // An object that somebody else has put there has no time of ours, and is as old as can be.
    private static DateTimeOffset TimeOf(string? putAt) =>
        DateTimeOffset.TryParseExact(putAt, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time) ? time : DateTimeOffset.MinValue;

    private string Now() => _time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);

    private async Task<LakeObject> PutPartsAsync(
        string name, string sha256, byte[] buffer, Stream content, IncrementalHash hash, CancellationToken cancellationToken)
    {
        var upload = await _bucket.BeginAsync(name, Now(), cancellationToken);
        try
        {
            var parts = new List<PartETag>();
            var total = 0L;
            for (var read = buffer.Length; read > 0;)
            {
                parts.Add(await _bucket.PutPartAsync(name, upload, parts.Count + 1, new ArraySegment<byte>(buffer, 0, read), cancellationToken));
                total += read;
                read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
                hash.AppendData(buffer, 0, read);
            }

            Require(sha256, hash);
            await _bucket.CompleteAsync(name, upload, parts, cancellationToken);
            return new LakeObject(sha256, total);
        }
        catch
        {
            await AbandonAsync(name, upload);
            throw;
        }
    }

    private async Task AbandonAsync(string name, string upload)
    {
        try
        {
            await _bucket.AbortAsync(name, upload);
        }
        catch (StorageUnavailableException)
        {
            // Parts that are never completed are no object; the store's own rule clears them. The first error is the one to tell.
            return;
        }
    }
}
