namespace SiOutcomeLab.Storage.Spool;

/// <summary>All uploads arriving at this moment fill the space set aside for them. Transient: send again when others have ended.</summary>
/// <param name="capacityBytes">The space set aside.</param>
public sealed class SpoolFullException(long capacityBytes)
    : Exception($"The {capacityBytes} bytes set aside for arriving uploads are in use; send again in a while.")
{
    /// <summary>The space set aside for all arriving uploads together, in bytes.</summary>
    public long CapacityBytes { get; } = capacityBytes;
}
