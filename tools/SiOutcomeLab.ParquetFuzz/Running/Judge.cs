using System.Diagnostics;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.ParquetFuzz.Running;

/// <summary>Reads a changed file twice, in long and in short batches, and says what became of it.</summary>
internal sealed class Judge(double maxSeconds = 2, long maxBytes = 256L * 1024 * 1024)
{
    private const int LongBatch = 1000;
    private const int ShortBatch = 7;

    private readonly RowDigest _digest = new();

    public Outcome Of(FuzzCase one)
    {
        var first = Read(one.File, LongBatch);
        var second = Read(one.File, ShortBatch);
        var seconds = Math.Max(first.Seconds, second.Seconds);
        var bytes = Math.Max(first.Bytes, second.Bytes);
        var kind = Kind(one, first, second, seconds, bytes);
        var detail = (first.Crash ?? second.Crash)?.ToString() ?? first.Refusal?.Code.ToString() ?? "";
        return new Outcome(kind, seconds, bytes, detail);
    }

    private OutcomeKind Kind(FuzzCase one, in Reading first, in Reading second, double seconds, long bytes)
    {
        if (first.Crash is not null || second.Crash is not null) return OutcomeKind.Crashed;
        if (seconds > maxSeconds) return OutcomeKind.Slow;
        if (bytes > maxBytes) return OutcomeKind.Large;
        if (first.Refusal is not null && second.Refusal is not null) return OutcomeKind.Refused;
        if (first.Refusal is not null || second.Refusal is not null || first.Digest != second.Digest) return OutcomeKind.Unsteady;
        if (first.Digest == one.Sound.Digest) return OutcomeKind.SameRows;
        return one.Mutation.MayGiveOtherRows || !one.Sound.HasChecksums ? OutcomeKind.OtherRows : OutcomeKind.SilentlyOther;
    }

    private Reading Read(byte[] file, int batchRows)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        ulong digest = 0;
        ParquetFormatException? refusal = null;
        Exception? crash = null;
        try
        {
            digest = _digest.Of(file, batchRows);
        }
        catch (ParquetFormatException error)
        {
            refusal = error;
        }
        catch (Exception error)
        {
            // Whatever else comes out is what is looked for: it is kept as this case's outcome, and fails the run.
            crash = error;
        }

        return new Reading(
            digest, refusal, crash, Stopwatch.GetElapsedTime(start).TotalSeconds, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private readonly record struct Reading(ulong Digest, ParquetFormatException? Refusal, Exception? Crash, double Seconds, long Bytes);
}
