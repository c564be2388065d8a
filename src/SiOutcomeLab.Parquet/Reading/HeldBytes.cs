namespace SiOutcomeLab.Parquet;

/// <summary>What all column readers of a file hold together, so that many columns of large pages cannot add up beyond a limit.</summary>
internal sealed class HeldBytes(long most)
{
    private long _held;

    /// <summary>Counts bytes about to be taken, or given back when negative.</summary>
    /// <exception cref="ParquetFormatException">It would be more than the limit; then nothing is counted.</exception>
    public void Change(long bytes)
    {
        if (Interlocked.Add(ref _held, bytes) <= most || bytes <= 0) return;
        Interlocked.Add(ref _held, -bytes);
        throw new ParquetFormatException(
            ParquetErrorCode.LimitExceeded, $"The pages of the columns being read are more than {most} bytes; write smaller pages.");
    }
}
