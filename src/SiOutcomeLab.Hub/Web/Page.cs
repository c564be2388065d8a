using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Hub.Identity;
using SiOutcomeLab.Hub.Web.Markup;

namespace SiOutcomeLab.Hub.Web;

/// <summary>What a page is asked for.</summary>
/// <param name="Language">In which language.</param>
/// <param name="Caller">By whom.</param>
/// <param name="Id">The identifier in the address; empty when the page has none.</param>
/// <param name="Query">What follows the question mark: the first value of a name, or null.</param>
internal sealed record PageRequest(PageLanguage Language, Caller Caller, string Id, Func<string, string?> Query)
{
    /// <summary>For whom: what is released to a narrower audience is not there.</summary>
    public Audience Audience { get; } = Caller.Audience();

    /// <summary>What was asked for under a name, without white space around it; null when nothing was.</summary>
    public string? Asked(string name) => Query(name)?.Trim() is { Length: > 0 and <= 200 } value ? value : null;
}

/// <summary>A page's content.</summary>
/// <param name="Title">Its title; also its first heading.</param>
/// <param name="Main">What stands under the heading.</param>
internal sealed record Page(string Title, params IReadOnlyList<Node> Main)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; init; } = 200;
}
