using System.Text.RegularExpressions;

namespace SiOutcomeLab.Domain.Identity;

/// <summary>How a person or system may be named within its organisation.</summary>
public static partial class SubjectRule
{
    /// <summary>
    /// Says whether <paramref name="text"/> is 1–100 characters of ASCII letters, digits, full stop, underscore, hyphen or at sign,
    /// starting with a letter or digit: safe in a URI, a log and a column, and the same however it is read.
    /// </summary>
    public static bool IsValid(string? text) => text is not null && Pattern().IsMatch(text);

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._@-]{0,99}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
