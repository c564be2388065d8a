namespace SiOutcomeLab.Storage.Spool;

/// <summary>
/// All uploads arriving at this moment fill the space set aside for them, or the disk under it. Transient: send again when others have
/// ended.
/// </summary>
/// <param name="capacityBytes">The space set aside.</param>
/// <param name="innerException">What the disk said, when it is the disk that is full; otherwise null.</param>
public sealed class SpoolFullException(long capacityBytes, Exception? innerException = null)
    : Exception(
        innerException is null
            ? $"The {capacityBytes} bytes set aside for arriving uploads are in use; send again in a while."
            : "The disk for arriving uploads is full; send again when there is room.",
        innerException)
{
    /// <summary>The space set aside for all arriving uploads together, in bytes.</summary>
    public long CapacityBytes { get; } = capacityBytes;
}
