using System.Security.Cryptography;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Contract;

/// <summary>Makes pseudonyms. Used at the submitter only: the hub never holds a project's key.</summary>
public static class Pseudonyms
{
    /// <summary>The fewest bytes of a project key; a shorter key could be guessed, and all persons with it.</summary>
    public const int MinimumKeyBytes = 32;

    /// <summary>HMAC-SHA-256 of an identifier under the project key.</summary>
    /// <param name="projectKey">At least <see cref="MinimumKeyBytes"/> random bytes; a published key is for data that are public
    /// anyway.</param>
    /// <param name="identifier">The identifier in its one canonical form, as bytes (for a Swedish identity number its twelve digits in
    /// ASCII).</param>
    /// <exception cref="ArgumentException">The key is too short, or the identifier is empty.</exception>
    public static PersonId Of(ReadOnlySpan<byte> projectKey, ReadOnlySpan<byte> identifier)
    {
        if (projectKey.Length < MinimumKeyBytes)
        {
            throw new ArgumentException($"A project key has at least {MinimumKeyBytes} bytes.", nameof(projectKey));
        }

        if (identifier.IsEmpty) throw new ArgumentException("An empty identifier has no pseudonym.", nameof(identifier));
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(projectKey, identifier, mac);
        var hex = System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(mac));
        return PersonId.TryParse(hex, out var person) ? person : throw new InvalidOperationException("A SHA-256 code is always 64 digits.");
    }
}
