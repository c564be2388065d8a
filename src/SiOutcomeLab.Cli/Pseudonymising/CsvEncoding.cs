using System.Text;
using System.Text.Unicode;

namespace SiOutcomeLab.Cli.Pseudonymising;

/// <summary>
/// Tells how a text file is encoded: by its byte order mark; else UTF-16 when every other byte of its beginning is zero; else UTF-8 when
/// the whole file is valid UTF-8; else Windows-1252, which Excel on a Swedish machine writes. Reads the file once in pieces.
/// </summary>
internal static class CsvEncoding
{
    private const int PieceBytes = 1 << 16;

    public static Encoding Windows1252 { get; } = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>The encoding that an option names; null for auto.</summary>
    public static Encoding? Named(string name) => name switch
    {
        "utf-8" => Encoding.UTF8,
        "utf-16" => Encoding.Unicode,
        "windows-1252" => Windows1252,
        _ => null,
    };

    public static async Task<Encoding> DetectAsync(Stream file, CancellationToken cancellationToken)
    {
        var buffer = new byte[PieceBytes];
        var held = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (ByBeginning(buffer.AsSpan(0, held)) is { } known) return known;
        while (true)
        {
            var valid = ValidLength(buffer.AsSpan(0, held));
            var rest = held - valid;
            // A character may be cut by the piece's end; more than that is no UTF-8.
            if (rest > 3) return Windows1252;
            buffer.AsSpan(valid, rest).CopyTo(buffer);
            var read = await file.ReadAsync(buffer.AsMemory(rest), cancellationToken);
            if (read == 0) return rest == 0 ? Encoding.UTF8 : Windows1252;
            held = rest + read;
        }
    }

    private static Encoding? ByBeginning(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) return Encoding.UTF8;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return Encoding.Unicode;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return Encoding.BigEndianUnicode;
        if (bytes.Length < 4) return null;
        if (bytes[0] != 0 && bytes[1] == 0 && bytes[2] != 0 && bytes[3] == 0) return Encoding.Unicode;
        return bytes[0] == 0 && bytes[1] != 0 && bytes[2] == 0 && bytes[3] != 0 ? Encoding.BigEndianUnicode : null;
    }

    private static int ValidLength(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes)) return bytes.Length;
        var at = 0;
        while (at < bytes.Length)
        {
            if (System.Text.Rune.DecodeFromUtf8(bytes[at..], out _, out var used) != System.Buffers.OperationStatus.Done) break;
            at += used;
        }

        return at;
    }
}
