using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Hub.Features.Audit;
using SiOutcomeLab.Hub.Json;
using SiOutcomeLab.Hub.Web;
using SiOutcomeLab.Rpc.AspNetCore;

namespace SiOutcomeLab.Hub.Identity;

/// <summary>
/// The one door of all calls, gRPC and JSON, and of the pages that show them: finds out who calls, and lets the call through only as
/// <see cref="CallRules"/> says, before a byte of its body is read, let alone inflated.
/// </summary>
internal sealed class AdmissionMiddleware(RequestDelegate next, Identification identification, AuditTrail audit, HubOptions options)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (CallOf(http) is not { } method)
        {
            await next(http);
            return;
        }

        Admission admission;
        try
        {
            admission = await AdmitAsync(http, method);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e) when (HubStatus.Of(e) is { } refusal)
        {
            await RefuseAsync(http, refusal);
            return;
        }

        http.Features.Set(admission);
        try
        {
            await next(http);
        }
        finally
        {
            // What never reached its handler (a body that cannot be read, a path in other letters) ended here.
            if (!admission.IsRecorded) await audit.RecordAsync(admission, AuditTrail.OutcomeOf(http), isDurable: false);
        }
    }

    private static string? CallOf(HttpContext http) => http.GetEndpoint()?.Metadata is { } metadata
        ? metadata.GetMetadata<GrpcMethodMetadata>()?.Method.FullName ?? metadata.GetMetadata<PageRule>()?.Call
        : null;

    private async Task<Admission> AdmitAsync(HttpContext http, string method)
    {
        var caller = Caller.Nobody;
        try
        {
            caller = await identification.CallerOfAsync(http);
            var rule = CallRules.Of(method) ?? throw new HubException(HubError.RoleMissing, "No role may make this call.");
            if (!caller.IsAny(rule.Roles)) throw RoleMissing(caller, rule);
            if (rule.Effect == CallEffect.MoveData && options.Tls.IsOn && !HasCertificate(caller))
            {
                throw new HubException(HubError.CertificateRequired, "This call brings, hands out or removes follow-up data: it needs the organisation's client certificate.");
            }

            return new Admission(caller, rule);
        }
        catch (HubException e)
        {
            await audit.RefusedAsync(caller, method, ErrorTable.Of(e.Error).Code);
            throw;
        }
    }

    private static HubException RoleMissing(Caller caller, CallRule rule) => ReferenceEquals(caller, Caller.Nobody)
        ? new HubException(HubError.CredentialsInvalid, "This call needs credentials: a client certificate, or authorization: Bearer …")
        : new HubException(HubError.RoleMissing, $"This call needs one of the roles {string.Join(", ", rule.Roles)}.");

    private static bool HasCertificate(Caller caller) => caller.Authentication is
        AuthenticationKind.Certificate or AuthenticationKind.CertificateAndAccessToken or AuthenticationKind.CertificateAndSignedToken;

    private static async Task RefuseAsync(HttpContext http, RpcException refusal)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<PageRule>() is not null) await PageDoor.RefuseAsync(http, refusal);
        else if (GrpcRefusal.IsGrpcCall(http)) GrpcRefusal.Write(http, refusal);
        else if (ConnectUnary.IsJsonCall(http)) await ConnectError.WriteAsync(http, refusal.Status, refusal.Trailers);
        else http.Response.StatusCode = StatusCodes.Status401Unauthorized;
    }
}
