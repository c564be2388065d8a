using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace SiOutcomeLab.Storage.Spool;

/// <summary>Which file of which upload. Both words are of few characters, so that together they are a safe file name.</summary>
internal readonly record struct SpoolName(string UploadId, string Part)
{
    private const string Suffix = ".spool";
    private const int MaximumLength = 64;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    public string FileName => UploadId + "." + Part + Suffix;

    /// <summary>What binds each frame of the file to it: bytes moved to another file open as nothing.</summary>
    public byte[] Binding => SHA256.HashData(Encoding.ASCII.GetBytes($"silab spool file\n{UploadId}\n{Part}"));

    /// <exception cref="ArgumentException">A word has other characters, or too many.</exception>
    public static SpoolName Of(string uploadId, string part)
    {
        if (!IsWord(uploadId)) throw new ArgumentException("Expected 1 to 64 of a-z, 0-9 and -.", nameof(uploadId));
        if (!IsWord(part)) throw new ArgumentException("Expected 1 to 64 of a-z, 0-9 and -.", nameof(part));
        return new SpoolName(uploadId, part);
    }

    public static SpoolName? Parse(string fileName)
    {
        if (!fileName.EndsWith(Suffix, StringComparison.Ordinal)) return null;
        var words = fileName[..^Suffix.Length].Split('.');
        return words.Length == 2 && IsWord(words[0]) && IsWord(words[1]) ? new SpoolName(words[0], words[1]) : null;
    }

    private static bool IsWord(string word) => word.Length is > 0 and <= MaximumLength && !word.AsSpan().ContainsAnyExcept(Allowed);
}
