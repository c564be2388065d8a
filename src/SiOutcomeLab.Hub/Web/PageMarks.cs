using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Hub.Web.Markup;
using static SiOutcomeLab.Hub.Web.Markup.Tags;
using Paging = SiOutcomeLab.Hub.Features.Paging;

namespace SiOutcomeLab.Hub.Web;

/// <summary>Where in a long list a page begins, by the tokens of the call that it shows.</summary>
internal sealed class PageMarks
{
    private const string PageKey = "page";
    private const string SizeKey = "size";

    private readonly string _kind;
    private readonly string _path;
    private readonly PageRequest _request;
    private readonly IReadOnlyList<(string Name, string? Value)> _query;

    /// <param name="kind">The list's kind, as its call's tokens have it.</param>
    /// <param name="path">The list's address.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="query">What the list is filtered by, which every link keeps.</param>
    /// <exception cref="HubException">The mark is none of this list's.</exception>
    public PageMarks(string kind, string path, PageRequest request, IReadOnlyList<(string Name, string? Value)> query)
    {
        (_kind, _path, _request, _query) = (kind, path, request, query);
        Size = Paging.Page.Size(int.TryParse(request.Asked(SizeKey), out var asked) ? asked : 0);

        // A token may be longer than anything that a person types.
        After = Paging.Page.Key(kind, request.Query(PageKey) ?? string.Empty);
    }

    /// <summary>How many items.</summary>
    public int Size { get; }

    /// <summary>After which; null at the list's beginning.</summary>
    public string? After { get; }

    /// <summary>Links to the list's beginning and to the page after the last item; null when there is none.</summary>
    public Node Links(string? last)
    {
        var language = _request.Language;
        var links = new List<Node>();
        if (After is not null) links.Add(Li(A(Href(null), language.Pick("Första sidan", "First page"))));
        if (last is not null)
        {
            links.Add(Li(A(Href(Paging.Page.Token(_kind, last)), language.Pick("Nästa sida", "Next page")).With("rel", "next")));
        }

        return links.Count == 0
            ? new Fragment()
            : new Element("nav", Ul(links)).With("aria-label", language.Pick("Bläddra i listan", "Pages of the list"));
    }

    private string Href(string? token) => _request.Language.Href(_path, [.. _query, (SizeKey, _request.Asked(SizeKey)), (PageKey, token)]);
}
