using Grpc.Core;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Hub.Errors;

namespace SiOutcomeLab.Hub.Identity;

/// <summary>The caller of a call that has been admitted.</summary>
internal static class CallerOfCall
{
    public static Caller Caller(this ServerCallContext context) => Admission.Of(context).Caller;

    /// <summary>Says which thing the call is about, for the audit log; a name of the hub's making, never a value.</summary>
    public static void SetAuditResource(this ServerCallContext context, string resource) => Admission.Of(context).Resource = resource;

    /// <summary>The widest releases the caller may see.</summary>
    public static Audience Audience(this Caller caller) =>
        caller.IsAny(Role.Analyst, Role.Steward) ? SiOutcomeLab.Disclosure.Audience.Analyst : SiOutcomeLab.Disclosure.Audience.Public;

    /// <summary>Refuses a call that names another organisation than the caller's.</summary>
    public static void RequireOwn(this Caller caller, OrganisationId named)
    {
        if (named != caller.Organisation)
        {
            throw new HubException(
                HubError.NotOwnOrganisation, "The call names another organisation than the caller's; send it with that organisation's credentials.");
        }
    }
}
