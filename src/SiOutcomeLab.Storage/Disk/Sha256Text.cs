using System.Buffers;

namespace SiOutcomeLab.Storage.Disk;

/// <summary>The written form of a SHA-256: 64 lower-case hexadecimal digits. Anything else must become neither a path nor a key.</summary>
internal static class Sha256Text
{
    private const int Length = 64;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    public static bool IsValid(string? text) => text is { Length: Length } && !text.AsSpan().ContainsAnyExcept(Digits);

    /// <exception cref="ArgumentException">The text is not a SHA-256. The text itself is not repeated: it may be a secret passed by
    /// mistake.</exception>
    public static string Require(string text, string parameter) => IsValid(text)
        ? text
        : throw new ArgumentException("Expected a SHA-256 as 64 lower-case hexadecimal digits.", parameter);
}
