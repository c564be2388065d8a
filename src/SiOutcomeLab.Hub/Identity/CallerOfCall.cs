using Grpc.Core;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Hub.Errors;

namespace SiOutcomeLab.Hub.Identity;

/// <summary>The caller of a call that has been admitted.</summary>
internal static class CallerOfCall
{
    private static readonly object Key = new();

    public static void SetCaller(this ServerCallContext context, Caller caller) => context.UserState[Key] = caller;

    public static Caller Caller(this ServerCallContext context) => context.UserState.TryGetValue(Key, out var caller)
        ? (Caller)caller
        : throw new InvalidOperationException("A call reached its handler without passing the authorisation interceptor.");

    /// <summary>The widest releases the caller may see.</summary>
    public static Audience Audience(this Caller caller) =>
        caller.IsAny(Role.Analyst, Role.Steward) ? SiOutcomeLab.Disclosure.Audience.Analyst : SiOutcomeLab.Disclosure.Audience.Public;

    /// <summary>Refuses a call that names another organisation than the caller's.</summary>
    public static void RequireOwn(this Caller caller, OrganisationId named)
    {
        if (named != caller.Organisation)
        {
            throw new HubException(HubError.NotOwnOrganisation, "The call names another organisation than the caller's; send it with that organisation's token.");
        }
    }
}
