using Microsoft.AspNetCore.Http;

namespace SiOutcomeLab.Hub.Web;

/// <summary>What a browser is told not to do with a page: nothing runs, nothing is fetched from elsewhere, nobody frames it.</summary>
internal static class SecurityHeaders
{
    // An icon of no bytes, so that no browser asks for one, is the one picture that is not drawn in the page.
    private const string ContentPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void Set(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
