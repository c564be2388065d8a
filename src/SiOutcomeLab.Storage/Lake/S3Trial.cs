using System.Security.Cryptography;
using SiOutcomeLab.Storage.Disk;

namespace SiOutcomeLab.Storage.Lake;

/// <summary>A trial of a store before it is trusted: an object is put, read back, compared and deleted.</summary>
internal sealed class S3Trial(S3Bucket bucket, S3Place place)
{
    private const int Bytes = 1000;

    /// <exception cref="LakeOpenException">The store failed it.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var name = "trial-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var bytes = RandomNumberGenerator.GetBytes(Bytes);
        try
        {
            if (await bucket.KeepsVersionsAsync(cancellationToken))
            {
                throw new LakeOpenException(
                    $"The bucket of the lake {place} keeps versions of what is deleted, so that nothing can be erased in it; name a bucket without versioning.");
            }

            await bucket.PutAsync(name, bytes, null, cancellationToken);
            var back = await bucket.ReadAsync(name, 0, 0, cancellationToken);
            if (back is null || !SHA256.HashData(back).AsSpan().SequenceEqual(SHA256.HashData(bytes)))
            {
                throw new LakeOpenException($"The lake {place} gives back other bytes than were put; it cannot be a lake.");
            }

            await bucket.DeleteAsync(name, cancellationToken);
            if (await bucket.FindAsync(name, cancellationToken) is not null)
            {
                throw new LakeOpenException($"The lake {place} keeps what is deleted; it cannot be a lake.");
            }
        }
        catch (Exception e) when (e is StorageUnavailableException or Amazon.Runtime.AmazonServiceException or Amazon.Runtime.AmazonClientException or HttpRequestException)
        {
            throw new LakeOpenException(
                $"The lake {place} does not answer, or does not let the hub put, read and delete; see to address, bucket, keys and rights.", e);
        }
    }
}
