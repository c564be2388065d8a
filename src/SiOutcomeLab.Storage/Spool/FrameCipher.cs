using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SiOutcomeLab.Storage.Spool;

/// <summary>
/// The form of a spool file: a header (<c>SILABSP2</c> ‖ nonce ‖ tag of nothing) and frames of at most 64 KiB of the upload, each
/// <c>length (4) ‖ durable (8) ‖ nonce (12) ‖ tag (16) ‖ AES-256-GCM ciphertext</c>, numbers little-endian.
/// </summary>
/// <remarks>
/// <para>
/// <c>durable</c> is the length of the upload known to be flushed when the frame was written; see <see cref="SpoolRecovery"/> for why it
/// is kept. Length, durable, the frame's number, its place in the upload, and upload and part are authenticated.
/// </para>
/// <para>
/// Nonces are random and stored, not counted: a frame torn by a crash is written again with other bytes at the same place, and a count
/// would have to be durable before it is used. An upload has at most a few million frames under its key, far from the 2^32 to which
/// NIST SP 800-38D (8.3) limits random nonces. No frame is ever written over with other bytes while it counts, so a short frame stays
/// short, and a frame that follows it begins where it ends.
/// </para>
/// </remarks>
internal sealed class FrameCipher : IDisposable
{
    public const int PlainBytes = 64 * 1024;
    public const int Overhead = 4 + 8 + NonceBytes + TagBytes;
    public const int FileHeaderBytes = 8 + NonceBytes + TagBytes;

    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int NonceAt = 12;
    private const int TagAt = NonceAt + NonceBytes;
    private const int BindingBytes = 32;

    private readonly AesGcm _cipher;
    private readonly byte[] _associated = new byte[BindingBytes + 8 + 8 + NonceAt];

    /// <param name="key">32 bytes.</param>
    /// <param name="binding">What names the file: 32 bytes.</param>
    public FrameCipher(ReadOnlySpan<byte> key, byte[] binding)
    {
        if (key.Length != 32) throw new ArgumentException("A spool key has 32 bytes.", nameof(key));
        _cipher = new AesGcm(key, TagBytes);
        binding.CopyTo(_associated, 0);
    }

    private static ReadOnlySpan<byte> Magic => "SILABSP2"u8;

    public void SealFileHeader(Span<byte> header)
    {
        Magic.CopyTo(header);
        var nonce = header.Slice(Magic.Length, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        _cipher.Encrypt(nonce, [], [], header.Slice(Magic.Length + NonceBytes, TagBytes), _associated.AsSpan(0, BindingBytes));
    }

    /// <summary>True: a header of this file under this key. False: of another file or key. Null: no header, as a crash may leave it.</summary>
    public bool? OpenFileHeader(ReadOnlySpan<byte> header)
    {
        if (header.Length < FileHeaderBytes || !header.StartsWith(Magic)) return null;
        try
        {
            var nonce = header.Slice(Magic.Length, NonceBytes);
            _cipher.Decrypt(nonce, [], header.Slice(Magic.Length + NonceBytes, TagBytes), [], _associated.AsSpan(0, BindingBytes));
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    /// <summary>Seals a frame into <paramref name="frame"/>, which is <see cref="Overhead"/> longer than the bytes.</summary>
    public void Seal(FramePlace place, long durable, ReadOnlySpan<byte> bytes, Span<byte> frame)
    {
        BinaryPrimitives.WriteInt32LittleEndian(frame, bytes.Length);
        BinaryPrimitives.WriteInt64LittleEndian(frame[4..], durable);
        RandomNumberGenerator.Fill(frame.Slice(NonceAt, NonceBytes));
        _cipher.Encrypt(frame.Slice(NonceAt, NonceBytes), bytes, frame[Overhead..], frame.Slice(TagAt, TagBytes), Associate(place, frame));
    }

    /// <summary>The number of the upload's bytes in a frame, as its first bytes say; null when it cannot be. Not yet authenticated.</summary>
    public static int? LengthOf(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < Overhead) return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(frame);
        return length is > 0 and <= PlainBytes ? length : null;
    }

    /// <summary>Opens a frame; false when it is not the whole frame of this place.</summary>
    public bool TryOpen(FramePlace place, ReadOnlySpan<byte> frame, Span<byte> bytes, out long durable)
    {
        durable = BinaryPrimitives.ReadInt64LittleEndian(frame[4..]);
        try
        {
            var associated = Associate(place, frame);
            _cipher.Decrypt(frame.Slice(NonceAt, NonceBytes), frame[Overhead..], frame.Slice(TagAt, TagBytes), bytes, associated);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public void Dispose() => _cipher.Dispose();

    private ReadOnlySpan<byte> Associate(FramePlace place, ReadOnlySpan<byte> frame)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_associated.AsSpan(BindingBytes), place.Number);
        BinaryPrimitives.WriteInt64LittleEndian(_associated.AsSpan(BindingBytes + 8), place.PlainStart);
        frame[..NonceAt].CopyTo(_associated.AsSpan(BindingBytes + 16));
        return _associated;
    }
}
