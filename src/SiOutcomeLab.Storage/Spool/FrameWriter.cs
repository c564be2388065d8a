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

    public void Append(ReadOnlySpan<byte> data, long durable)
    {
        while (!data.IsEmpty)
        {
            if (_tailBytes == 0 && data.Length >= FrameCipher.PlainBytes)
            {
                Write(data[..FrameCipher.PlainBytes], durable);
                data = data[FrameCipher.PlainBytes..];
                continue;
            }

            var count = Math.Min(data.Length, FrameCipher.PlainBytes - _tailBytes);
            data[..count].CopyTo(_tail.AsSpan(_tailBytes));
            _tailBytes += count;
            data = data[count..];
            if (_tailBytes == FrameCipher.PlainBytes) EndFrame(durable);
        }
    }

    /// <summary>Writes what waits as a frame, short or not.</summary>
    public void EndFrame(long durable)
    {
        if (_tailBytes == 0) return;
        Write(Tail, durable);
        _tailBytes = 0;
    }

    private void Write(ReadOnlySpan<byte> bytes, long durable)
    {
        var place = index.Next(bytes.Length);
        var frame = _frame.AsSpan(0, place.FileBytes);
        cipher.Seal(place, durable, bytes, frame);
        file.Write(place.FileStart, frame);
        index.Add(place);
        hash.AppendData(bytes);
    }
}
