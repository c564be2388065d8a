using System.Buffers;
using System.Security.Cryptography;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Contract;

/// <summary>
/// The secret of one project that makes its pseudonyms. Held by the project's submitters, never by the hub.
/// Its id says which key it is and nothing about it. <see cref="ToString"/> gives the id only.
/// </summary>
public sealed class ProjectKey
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyBytes = 32;

    /// <summary>Hexadecimal digits of a key's id.</summary>
    public const int IdLength = 16;

    // Fewer distinct bytes among 32 random ones come by chance once in more than 10^40 keys: such a key was typed, not drawn.
    private const int FewestDistinctBytes = 8;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");
    private readonly byte[] _key;

    /// <summary>Takes a key that exists already.</summary>
    /// <param name="project">The project it is for.</param>
    /// <param name="created">When it was made.</param>
    /// <param name="key">Exactly <see cref="KeyBytes"/> random bytes; copied.</param>
    /// <exception cref="ArgumentException">The key has another length, or is plainly not random.</exception>
    public ProjectKey(ProjectId project, DateTimeOffset created, ReadOnlySpan<byte> key)
    {
        if (key.Length != KeyBytes) throw new ArgumentException($"A project key has {KeyBytes} bytes.", nameof(key));
        if (key.ToArray().Distinct().Count() < FewestDistinctBytes)
        {
            throw new ArgumentException("The key is not random.", nameof(key));
        }

        Project = project;
        Created = created;
        _key = key.ToArray();
        Id = IdOf(key);
    }

    /// <summary>The project whose persons it names.</summary>
    public ProjectId Project { get; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>Which key it is: <see cref="IdLength"/> lower-case hexadecimal digits, the first of SHA-256 over a label and the key.</summary>
    public string Id { get; }

    internal ReadOnlySpan<byte> Bytes => _key;

    /// <summary>Draws a new key from the operating system's random numbers.</summary>
    /// <param name="project">The project it is for.</param>
    /// <param name="created">When it is made.</param>
    public static ProjectKey Create(ProjectId project, DateTimeOffset created)
    {
        Span<byte> key = stackalloc byte[KeyBytes];
        RandomNumberGenerator.Fill(key);
        var made = new ProjectKey(project, created, key);
        CryptographicOperations.ZeroMemory(key);
        return made;
    }

    /// <summary>The id of a key: the first 16 hexadecimal digits of SHA-256("silab project key id\n" and the key's bytes).</summary>
    public static string IdOf(ReadOnlySpan<byte> key)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("silab project key id\n"u8);
        hash.AppendData(key);
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..IdLength];
    }

    /// <summary>Whether a text has the form of a key's id.</summary>
    public static bool IsId(string text) => text.Length == IdLength && !text.AsSpan().ContainsAnyExcept(HexDigits);

    /// <summary>The pseudonym of an identity number.</summary>
    /// <param name="canonical">The number's canonical form, as <see cref="PersonNumber.Read"/> gives it.</param>
    /// <param name="hex">Receives <see cref="PersonId.HexLength"/> lower-case hexadecimal digits.</param>
    /// <exception cref="ArgumentException">The number has another length, or there is too little room.</exception>
    public void WritePseudonym(ReadOnlySpan<byte> canonical, Span<char> hex)
    {
        if (canonical.Length != PersonNumber.CanonicalLength)
        {
            throw new ArgumentException("A canonical number has twelve characters.", nameof(canonical));
        }

        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, canonical, mac);
        if (!Convert.TryToHexStringLower(mac, hex, out _)) throw new ArgumentException("Sixty-four characters are needed.", nameof(hex));
    }

    /// <summary>The key's id and project; never the key.</summary>
    public override string ToString() => $"project key {Id} of {Project}";
}
