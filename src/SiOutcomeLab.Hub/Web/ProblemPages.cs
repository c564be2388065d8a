using Grpc.Core;
using Microsoft.AspNetCore.Http;
using SiOutcomeLab.Hub.Web.Markup;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web;

/// <summary>Pages for when there is nothing to show. What exists and may not be seen is answered as what does not exist.</summary>
internal static class ProblemPages
{
    public static Page NotFound(PageLanguage language) => new(
        language.Pick("Sidan finns inte", "There is no such page"),
        P(language.Pick(
            "Antingen finns den inte, eller så är den inte släppt till dig.", "Either it does not exist, or it is not released to you.")),
        Home(language))
    {
        Status = StatusCodes.Status404NotFound,
    };

    public static Page Of(StatusCode status, PageLanguage language) => status switch
    {
        StatusCode.NotFound or StatusCode.PermissionDenied => NotFound(language),
        StatusCode.InvalidArgument => new(
            language.Pick("Frågan går inte att läsa", "The question cannot be read"),
            P(language.Pick(
                "Något i adressen är fel, till exempel ett filter eller ett sidnummer. Börja om från listan.",
                "Something in the address is wrong, a filter or a page mark for instance. Start again from the list.")),
            Home(language)) { Status = StatusCodes.Status400BadRequest },
        StatusCode.Unauthenticated => new(
            language.Pick("Inloggningen gäller inte", "The credentials do not work"),
            P(language.Pick(
                "Certifikatet eller nyckeln är okänd, för gammal eller återkallad. Utan den visas det som är släppt till alla.",
                "The certificate or token is unknown, expired or revoked. Without it you see what is released to everybody.")),
            Home(language)) { Status = StatusCodes.Status401Unauthorized },
        _ => new(
            language.Pick("Hubben kan inte svara just nu", "The hub cannot answer at this moment"),
            P(language.Pick("Försök igen om en minut.", "Try again in a minute.")),
            Home(language)) { Status = StatusCodes.Status503ServiceUnavailable },
    };

    private static Element Home(PageLanguage language) => P(A(language.Href("/"), language.Pick("Till första sidan", "To the first page")));
}
