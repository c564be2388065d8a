using System.Security.Cryptography;
using SiOutcomeLab.Storage.Disk;

namespace SiOutcomeLab.Storage.Spool;

/// <summary>Finds out what of an upload an earlier holder of its file left, and makes that durable.</summary>
/// <remarks>
/// What can be read need not be on the disk: an earlier flush may have failed, after which the system shows the bytes and will never write
/// them. Each frame tells how much was known to be flushed when it was written; what comes after the largest such length is written over
/// itself, the very same bytes, and flushed. A crash while that is done harms nothing, because old and new are equal.
/// </remarks>
internal static class SpoolRecovery
{
    /// <returns>The frames that stand; null when not even the file's header does, so nothing in it was ever durable.</returns>
    /// <exception cref="SpoolDamagedException">The file has another key, or belongs to another upload.</exception>
    public static FrameIndex? Run(IDiskFile file, FrameCipher cipher, SpoolName name, IncrementalHash hash, CancellationToken cancellationToken)
    {
        Span<byte> header = stackalloc byte[FrameCipher.FileHeaderBytes];
        var opened = cipher.OpenFileHeader(header[..file.Read(0, header)]);
        if (opened is null) return null;
        if (opened is false) throw new SpoolDamagedException(name.UploadId, name.Part, 0);
        var (index, flushed) = Scan(file, cipher, hash, cancellationToken);
        if (file.Length > index.FileEnd) file.Truncate(index.FileEnd);
        WriteOver(file, flushed == 0 ? 0 : FileOffset(index, flushed), index.FileEnd, cancellationToken);
        file.Flush(FlushSite.SpoolReopened);
        return index;
    }

    private static (FrameIndex Index, long Flushed) Scan(
        IDiskFile file, FrameCipher cipher, IncrementalHash hash, CancellationToken cancellationToken)
    {
        var index = new FrameIndex();
        var frame = new byte[FrameCipher.Overhead + FrameCipher.PlainBytes];
        var bytes = new byte[FrameCipher.PlainBytes];
        for (var flushed = 0L; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = file.Read(index.FileEnd, frame);
            if (FrameCipher.LengthOf(frame.AsSpan(0, read)) is not { } length || read < FrameCipher.Overhead + length) return (index, flushed);
            var place = index.Next(length);
            var plain = bytes.AsSpan(0, length);
            if (!cipher.TryOpen(place, frame.AsSpan(0, place.FileBytes), plain, out var durable)) return (index, flushed);
            hash.AppendData(plain);
            index.Add(place);
            flushed = Math.Max(flushed, durable);
        }
    }

    // A flush ends the frame under way, so what was flushed ends where a frame ends.
    private static long FileOffset(FrameIndex index, long flushed) =>
        flushed == index.PlainEnd ? index.FileEnd : index.Find(flushed).FileStart;

    private static void WriteOver(IDiskFile file, long from, long to, CancellationToken cancellationToken)
    {
        var buffer = new byte[128 * 1024];
        while (from < to)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = file.Read(from, buffer.AsSpan(0, (int)Math.Min(buffer.Length, to - from)));
            if (read == 0) throw new EndOfStreamException("A spool file became shorter while it was read.");
            file.Write(from, buffer.AsSpan(0, read));
            from += read;
        }
    }
}
