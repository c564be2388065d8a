using System.Buffers.Text;
using System.Text;
using SiOutcomeLab.Hub.Errors;

namespace SiOutcomeLab.Hub.Features.Paging;

/// <summary>Page sizes and tokens, one rule for every list (AIP-158): 0 is the default, too large is made smaller, negative is refused.</summary>
internal static class Page
{
    public const int DefaultSize = 50;
    public const int MaximumSize = 200;

    public static int Size(int asked) => asked switch
    {
        < 0 => throw HubException.FieldInvalid("page_size", "must not be negative."),
        0 => DefaultSize,
        > MaximumSize => MaximumSize,
        _ => asked,
    };

    /// <summary>The token of the page after the item with this key, in a list of this kind.</summary>
    public static string Token(string kind, string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{kind}\n{key}"));

    /// <summary>The key in a token; null for the first page.</summary>
    public static string? Key(string kind, string token)
    {
        if (token.Length == 0) return null;
        if (token.Length <= 512 && Base64Url.IsValid(token))
        {
            var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
            if (text.StartsWith(kind + "\n", StringComparison.Ordinal)) return text[(kind.Length + 1)..];
        }

        throw HubException.FieldInvalid("page_token", "must be the next_page_token of the page before, in the same list.");
    }

    /// <summary>Cuts a list that was asked for one item more than the page holds.</summary>
    /// <returns>The page, and whether there is more.</returns>
    public static (IReadOnlyList<T> Items, bool HasMore) Cut<T>(IReadOnlyList<T> oneMore, int size) =>
        oneMore.Count > size ? ([.. oneMore.Take(size)], true) : (oneMore, false);
}
