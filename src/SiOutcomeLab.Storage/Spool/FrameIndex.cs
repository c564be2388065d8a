namespace SiOutcomeLab.Storage.Spool;

/// <summary>
/// Where each frame of a spool file is. Frames of one length after another are one entry, so that memory grows with the number of short
/// frames (each flush in mid frame makes one) and not with the upload.
/// </summary>
internal sealed class FrameIndex
{
    private readonly List<Run> _runs = [];

    /// <summary>Bytes of the upload in all frames.</summary>
    public long PlainEnd { get; private set; }

    /// <summary>Where the next frame goes in the file.</summary>
    public long FileEnd { get; private set; } = FrameCipher.FileHeaderBytes;

    /// <summary>Frames that are not full.</summary>
    public int ShortFrames { get; private set; }

    private long Frames { get; set; }

    public FramePlace Next(int plainBytes) => new(Frames, PlainEnd, FileEnd, plainBytes);

    public void Add(FramePlace place)
    {
        if (place != Next(place.PlainBytes)) throw new ArgumentException("Frames follow each other without gaps.", nameof(place));
        if (_runs.Count > 0 && _runs[^1].First.PlainBytes == place.PlainBytes)
        {
            _runs[^1] = _runs[^1] with { Count = _runs[^1].Count + 1 };
        }
        else
        {
            _runs.Add(new Run(place, 1));
        }

        if (place.PlainBytes < FrameCipher.PlainBytes) ShortFrames++;
        PlainEnd += place.PlainBytes;
        FileEnd += place.FileBytes;
        Frames++;
    }

    /// <summary>The frame that holds the upload's byte at this offset, from 0 to before <see cref="PlainEnd"/>.</summary>
    public FramePlace Find(long plainOffset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(plainOffset);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(plainOffset, PlainEnd);
        var low = 0;
        var high = _runs.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_runs[middle].First.PlainStart <= plainOffset)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        var first = _runs[low].First;
        var nth = (plainOffset - first.PlainStart) / first.PlainBytes;
        return new FramePlace(
            first.Number + nth, first.PlainStart + (nth * first.PlainBytes), first.FileStart + (nth * first.FileBytes), first.PlainBytes);
    }

    private readonly record struct Run(FramePlace First, long Count);
}
