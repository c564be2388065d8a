using SiOutcomeLab.Storage.Disk;

namespace SiOutcomeLab.Storage.Spool;

/// <summary>Reads an upload's bytes at any offset out of its frames, and keeps the last frame read open.</summary>
internal sealed class FrameReader(IDiskFile file, FrameCipher cipher, FrameIndex index, SpoolName name)
{
    private readonly byte[] _frame = new byte[FrameCipher.Overhead + FrameCipher.PlainBytes];
    private readonly byte[] _bytes = new byte[FrameCipher.PlainBytes];
    private FramePlace? _open;

    /// <returns>How many bytes were read: at least one, unless the upload ends here or the buffer is empty.</returns>
    /// <exception cref="SpoolDamagedException">A frame is not as it was written.</exception>
    public int Read(long plainOffset, Span<byte> buffer)
    {
        if (buffer.IsEmpty || plainOffset >= index.PlainEnd) return 0;
        if (_open is not { } place || plainOffset < place.PlainStart || plainOffset >= place.PlainStart + place.PlainBytes)
        {
            place = index.Find(plainOffset);
            Open(place);
        }

        var at = (int)(plainOffset - place.PlainStart);
        var count = Math.Min(buffer.Length, place.PlainBytes - at);
        _bytes.AsSpan(at, count).CopyTo(buffer);
        return count;
    }

    private void Open(FramePlace place)
    {
        _open = null;
        var frame = _frame.AsSpan(0, place.FileBytes);
        if (file.Read(place.FileStart, frame) != frame.Length
            || FrameCipher.LengthOf(frame) != place.PlainBytes
            || !cipher.TryOpen(place, frame, _bytes.AsSpan(0, place.PlainBytes), out _))
        {
            throw new SpoolDamagedException(name.UploadId, name.Part, place.PlainStart);
        }

        _open = place;
    }
}
