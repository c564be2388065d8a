using System.Security.Cryptography;
using SiOutcomeLab.Storage.Disk;

namespace SiOutcomeLab.Storage.Spool;

/// <summary>Cuts an arriving upload into frames and writes each at the end of its file. The last, unfinished one waits in memory.</summary>
internal sealed class FrameWriter(IDiskFile file, FrameCipher cipher, FrameIndex index, IncrementalHash hash)
{
    private readonly byte[] _tail = new byte[FrameCipher.PlainBytes];
    private readonly byte[] _frame = new byte[FrameCipher.Overhead + FrameCipher.PlainBytes];
    private int _tailBytes;

    /// <summary>The upload's length: what is in frames and what waits.</summary>
    public long PlainEnd => index.PlainEnd + _tailBytes;

    /// <summary>What waits for its frame to fill.</summary>
    public ReadOnlySpan<byte> Tail => _tail.AsSpan(0, _tailBytes);

    /// <summary>Bytes that so much more of the upload will take on disk.</summary>
    public long Cost(int plainBytes)
    {
        var roomInTail = _tailBytes == 0 ? 0 : FrameCipher.PlainBytes - _tailBytes;
        var newFrames = (Math.Max(0, plainBytes - roomInTail) + FrameCipher.PlainBytes - 1) / FrameCipher.PlainBytes;
        return plainBytes + ((long)newFrames * FrameCipher.Overhead);
    }

    public void Append(ReadOnlyMemory<byte> data, long durable)
    {
        data = data[Wait(data.Span, upTo: _tailBytes == 0 ? 0 : FrameCipher.PlainBytes - _tailBytes, durable)..];
        var whole = data.Length - (data.Length % FrameCipher.PlainBytes);
        WriteFrames(data[..whole], durable);
        Wait(data.Span[whole..], upTo: FrameCipher.PlainBytes, durable);
    }

    /// <summary>Writes what waits as a frame, short or not.</summary>
    public void EndFrame(long durable)
    {
        if (_tailBytes == 0) return;
        WriteFrame(Tail, durable);
        hash.AppendData(Tail);
        _tailBytes = 0;
    }

    /// <summary>Lets bytes wait for their frame to fill, and writes the frame when it is full.</summary>
    /// <returns>How many were taken.</returns>
    private int Wait(ReadOnlySpan<byte> bytes, int upTo, long durable)
    {
        bytes = bytes[..Math.Min(bytes.Length, upTo)];
        bytes.CopyTo(_tail.AsSpan(_tailBytes));
        _tailBytes += bytes.Length;
        if (_tailBytes == FrameCipher.PlainBytes) EndFrame(durable);
        return bytes.Length;
    }

    /// <summary>
    /// Writes whole frames. SHA-256 takes longer than sealing and writing together, so from two frames on it runs beside them; waiting for
    /// it runs it here when no other thread has begun.
    /// </summary>
    private void WriteFrames(ReadOnlyMemory<byte> frames, long durable)
    {
        if (frames.IsEmpty) return;
        var hashing = frames.Length > FrameCipher.PlainBytes ? Task.Run(() => hash.AppendData(frames.Span)) : null;
        try
        {
            for (var at = 0; at < frames.Length; at += FrameCipher.PlainBytes) WriteFrame(frames.Span.Slice(at, FrameCipher.PlainBytes), durable);
        }
        finally
        {
            hashing?.GetAwaiter().GetResult();
        }

        if (hashing is null) hash.AppendData(frames.Span);
    }

    private void WriteFrame(ReadOnlySpan<byte> bytes, long durable)
    {
        var place = index.Next(bytes.Length);
        var frame = _frame.AsSpan(0, place.FileBytes);
        cipher.Seal(place, durable, bytes, frame);
        file.Write(place.FileStart, frame);
        index.Add(place);
    }
}
