using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Disk;

namespace SiOutcomeLab.Storage.Lake;

/// <summary>
/// Objects under their content hash: written once, never renamed, never changed. An object exists only when a catalogue row names it;
/// until then it is an orphan, and a sweeper may take it.
/// </summary>
public interface ILake
{
    /// <summary>
    /// Writes an object and makes it durable (file and folder flushed to the disk) before returning. Writing it again is harmless.
    /// </summary>
    /// <param name="sha256">The content's SHA-256, 64 lower-case hexadecimal digits.</param>
    /// <param name="content">The bytes; read from the current position to the end.</param>
    /// <param name="cancellationToken">Cancels; a half-written object is never readable.</param>
    /// <exception cref="InvalidDataException">The bytes do not have the hash, whether or not the object was there.</exception>
    /// <exception cref="ArgumentException"><paramref name="sha256"/> is not 64 lower-case hexadecimal digits.</exception>
    /// <exception cref="StorageFullException">There is no room; nothing is readable.</exception>
    /// <exception cref="StorageUnavailableException">The disk fails; nothing is acknowledged.</exception>
    Task<LakeObject> PutAsync(string sha256, Stream content, CancellationToken cancellationToken);

    /// <summary>Opens an object for reading with seeking.</summary>
    /// <exception cref="LakeObjectMissingException">No such object.</exception>
    /// <exception cref="LakeObjectDamagedException">The object does not have the length that <paramref name="lakeObject"/>
    /// names.</exception>
    Task<Stream> OpenReadAsync(LakeObject lakeObject, CancellationToken cancellationToken);

    /// <summary>
    /// Removes objects last put before <paramref name="olderThan"/> that are not among <paramref name="named"/>; returns how many. Every
    /// put whose commit may still come must be younger, or stand among the named: the caller knows which are under way, or leaves a
    /// margin of hours.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The disk fails.</exception>
    Task<int> SweepAsync(IReadOnlySet<string> named, DateTimeOffset olderThan, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes an object, durably: when this returns no power loss brings it back. The catalogue must have ceased to name it. Whoever reads
    /// it at this moment goes on to the end of its stream, or where the lake has no open files is told that it is missing; what the disk keeps in blocks that belong to no file is the disk's matter
    /// (encrypt the volume).
    /// </summary>
    /// <param name="sha256">The object's name.</param>
    /// <param name="cancellationToken">Cancels the wait for other calls.</param>
    /// <returns>True when it was there.</returns>
    /// <exception cref="ArgumentException"><paramref name="sha256"/> is not 64 lower-case hexadecimal digits.</exception>
    /// <exception cref="StorageUnavailableException">The disk fails; the object may be there still, so erase it again.</exception>
    Task<bool> EraseAsync(string sha256, CancellationToken cancellationToken);
}

/// <summary>A lake object that the catalogue names is not there.</summary>
/// <param name="sha256">The object's name.</param>
public sealed class LakeObjectMissingException(string sha256) : Exception($"The lake has no object {sha256}; restore it from backup.")
{
    /// <summary>The object's name.</summary>
    public string Sha256 { get; } = sha256;
}
