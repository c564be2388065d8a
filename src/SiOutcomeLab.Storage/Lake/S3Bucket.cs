using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using SiOutcomeLab.Storage.Disk;

namespace SiOutcomeLab.Storage.Lake;

/// <summary>
/// Requests to one bucket, in what every S3 store understands: path style, no checksum trailers, no chunked signatures, no conditions.
/// A failure of the store is transient; its own words may hold names of the store's, and stand in the inner exception only.
/// </summary>
internal sealed class S3Bucket : IDisposable
{
    private readonly AmazonS3Client _client;
    private readonly S3Place _place;

    public S3Bucket(S3Place place)
    {
        _place = place;
        var config = new AmazonS3Config
        {
            ServiceURL = place.Endpoint.ToString(),
            AuthenticationRegion = place.Region,
            ForcePathStyle = true,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            Timeout = TimeSpan.FromSeconds(60),
            MaxErrorRetry = 3,
        };
        _client = new AmazonS3Client(new BasicAWSCredentials(place.AccessKey, place.SecretKey), config);
    }

    /// <summary>Puts a small object.</summary>
    public Task PutAsync(string name, ReadOnlyMemory<byte> bytes, string? putAt, CancellationToken cancellationToken) => RequireAsync(
        name,
        async () =>
        {
            using var content = new MemoryStream(bytes.ToArray(), writable: false);
            var request = new PutObjectRequest { BucketName = _place.Bucket, Key = Key(name), InputStream = content, UseChunkEncoding = false };
            if (putAt is not null) request.Metadata[S3Lake.PutAt] = putAt;
            return await _client.PutObjectAsync(request, cancellationToken);
        });

    /// <summary>Begins an object in parts: it is there when they are completed, whole, and not before.</summary>
    public async Task<string> BeginAsync(string name, string putAt, CancellationToken cancellationToken)
    {
        var request = new InitiateMultipartUploadRequest { BucketName = _place.Bucket, Key = Key(name) };
        request.Metadata[S3Lake.PutAt] = putAt;
        return (await RequireAsync(name, () => _client.InitiateMultipartUploadAsync(request, cancellationToken))).UploadId;
    }

    public Task<PartETag> PutPartAsync(string name, string upload, int number, ArraySegment<byte> bytes, CancellationToken cancellationToken) =>
        RequireAsync(
            name,
            async () =>
            {
                using var content = new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false);
                var part = await _client.UploadPartAsync(
                    new UploadPartRequest
                    {
                        BucketName = _place.Bucket,
                        Key = Key(name),
                        UploadId = upload,
                        PartNumber = number,
                        PartSize = bytes.Count,
                        InputStream = content,
                        UseChunkEncoding = false,
                    },
                    cancellationToken);
                return new PartETag(number, part.ETag);
            });

    public Task CompleteAsync(string name, string upload, List<PartETag> parts, CancellationToken cancellationToken) => RequireAsync(
        name,
        () => _client.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest { BucketName = _place.Bucket, Key = Key(name), UploadId = upload, PartETags = parts }, cancellationToken));

    public Task AbortAsync(string name, string upload) => TryAsync(
        name,
        () => _client.AbortMultipartUploadAsync(
            new AbortMultipartUploadRequest { BucketName = _place.Bucket, Key = Key(name), UploadId = upload }, CancellationToken.None));

    /// <summary>Length and time of an object; null when it is not there.</summary>
    public async Task<(long Bytes, string? PutAt)?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var request = new GetObjectMetadataRequest { BucketName = _place.Bucket, Key = Key(name) };
        var found = await TryAsync(name, () => _client.GetObjectMetadataAsync(request, cancellationToken));
        return found is null ? null : (found.ContentLength, found.Metadata[S3Lake.PutAt]);
    }

    /// <summary>Some bytes of an object; null when it is not there.</summary>
    public Task<byte[]?> ReadAsync(string name, long offset, int count, CancellationToken cancellationToken) => TryAsync(
        name,
        async () =>
        {
            var request = new GetObjectRequest { BucketName = _place.Bucket, Key = Key(name) };
            if (count > 0) request.ByteRange = new ByteRange(offset, offset + count - 1);
            using var response = await _client.GetObjectAsync(request, cancellationToken);
            using var copy = new MemoryStream();
            await response.ResponseStream.CopyToAsync(copy, cancellationToken);
            return copy.ToArray();
        });

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => TryAsync(
        name, () => _client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = _place.Bucket, Key = Key(name) }, cancellationToken));

    /// <summary>Names that begin with something, page by page.</summary>
    public async IAsyncEnumerable<string> ListAsync(
        string begin, int page, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = _place.Bucket, Prefix = Key(begin), MaxKeys = page };
        while (true)
        {
            var listed = await RequireAsync(begin, () => _client.ListObjectsV2Async(request, cancellationToken));
            foreach (var found in listed.S3Objects ?? []) yield return found.Key[_place.Prefix.Length..];
            if (listed.IsTruncated != true) yield break;
            request.ContinuationToken = listed.NextContinuationToken;
        }
    }

    /// <summary>Whether the bucket keeps what is deleted; false also when the store does not tell.</summary>
    public async Task<bool> KeepsVersionsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _client.GetBucketVersioningAsync(new GetBucketVersioningRequest { BucketName = _place.Bucket }, cancellationToken);
            return answer.VersioningConfig?.Status == VersionStatus.Enabled;
        }
        catch (AmazonServiceException e) when (e.StatusCode is HttpStatusCode.NotImplemented or HttpStatusCode.MethodNotAllowed or HttpStatusCode.Forbidden)
        {
            // A store without versions, or one that tells only its administrator.
            return false;
        }
    }

    public void Dispose() => _client.Dispose();

    private string Key(string name) => _place.Prefix + name;

    /// <summary>The answer, where "there is no such thing" is none.</summary>
    private async Task<T> RequireAsync<T>(string name, Func<Task<T>> ask)
        where T : class => await TryAsync(name, ask) ?? throw Unavailable(name, null);

    /// <summary>The answer; null when there is no such object.</summary>
    private async Task<T?> TryAsync<T>(string name, Func<Task<T>> ask)
        where T : class
    {
        try
        {
            return await ask();
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound && e.ErrorCode != "NoSuchBucket")
        {
            return null;
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or TimeoutException)
        {
            throw Unavailable(name, e);
        }
    }

    private StorageUnavailableException Unavailable(string name, Exception? inner) =>
        new(name, $"The lake {_place} does not answer as it should for {name}; see to the store, then try again.", inner);
}
