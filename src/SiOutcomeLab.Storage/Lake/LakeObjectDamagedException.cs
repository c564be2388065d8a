namespace SiOutcomeLab.Storage.Lake;

/// <summary>A lake object does not have the length that the catalogue names: the disk or a restore has lost part of it.</summary>
/// <param name="sha256">The object's name.</param>
/// <param name="expectedBytes">The length the catalogue names.</param>
/// <param name="actualBytes">The length found.</param>
public sealed class LakeObjectDamagedException(string sha256, long expectedBytes, long actualBytes)
    : Exception(
        $"The lake object {sha256} has {actualBytes} bytes instead of {expectedBytes}; restore it from backup, "
        + "or have the same files sent again.")
{
    /// <summary>The object's name.</summary>
    public string Sha256 { get; } = sha256;

    /// <summary>The length the catalogue names.</summary>
    public long ExpectedBytes { get; } = expectedBytes;

    /// <summary>The length found.</summary>
    public long ActualBytes { get; } = actualBytes;
}
