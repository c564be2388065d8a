using System.IO.Compression;
using SiOutcomeLab.Rpc.Protocol;

namespace Grpc.Net.Compression;

/// <summary>
/// Decompresses gzip and refuses what was cut short. <see cref="GZipStream"/> alone gives the beginning of a truncated stream and no
/// error, at any length (measured on .NET 10). So a known member is put behind the input: it comes out whole only when the input ended
/// where a member ends, and it is held back here.
/// </summary>
internal sealed class CheckedGzipStream : OneWayStream
{
    private static readonly byte[] Seal = "9c1fE0bA"u8.ToArray();
    private static readonly byte[] SealMember = Compress(Seal);

    private readonly byte[] _chunk = new byte[4096 + 8];
    private readonly GZipStream _gzip;
    private int _held;

    /// <param name="compressed">One or more gzip members and nothing else.</param>
    public CheckedGzipStream(Stream compressed) => _gzip = new GZipStream(new SealedInput(compressed), CompressionMode.Decompress);

    public override bool CanRead => true;

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <exception cref="InvalidDataException">Not gzip, corrupt, or cut short.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        while (true)
        {
            var read = _gzip.Read(_chunk.AsSpan(_held, Math.Min(buffer.Length, 4096)));
            if (read == 0)
            {
                return _chunk.AsSpan(0, _held).SequenceEqual(Seal) ? 0 : throw new InvalidDataException("The gzip data end too early.");
            }

            var total = _held + read;
            var given = Math.Max(0, total - Seal.Length);
            _chunk.AsSpan(0, given).CopyTo(buffer);
            _chunk.AsSpan(given, total - given).CopyTo(_chunk);
            _held = total - given;
            if (given > 0) return given;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _gzip.Dispose();
        base.Dispose(disposing);
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return buffer.ToArray();
    }

    /// <summary>The input with the known member behind it.</summary>
    private sealed class SealedInput(Stream compressed) : OneWayStream
    {
        private int _sealRead = -1;

        public override bool CanRead => true;

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (_sealRead < 0)
            {
                var read = compressed.Read(buffer);
                if (read > 0 || buffer.IsEmpty) return read;
                _sealRead = 0;
            }

            var count = Math.Min(buffer.Length, SealMember.Length - _sealRead);
            SealMember.AsSpan(_sealRead, count).CopyTo(buffer);
            _sealRead += count;
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) compressed.Dispose();
            base.Dispose(disposing);
        }
    }
}
