using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using SiOutcomeLab.Mapping;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Disk;
using SiOutcomeLab.Storage.Spool;

namespace SiOutcomeLab.Hub.Errors;

/// <summary>The hub's errors as they go over the wire: status, <c>ErrorInfo</c> and field violations.</summary>
internal static class HubStatus
{
    /// <summary>What a client is answered; null for what is none of the hub's own errors, and is a fault.</summary>
    public static RpcException? Of(Exception exception) => exception switch
    {
        HubException e => ToStatus(e).ToRpcException(),
        FieldsInvalidException e => ToStatus(HubException.FieldsInvalid(e.Fields)).ToRpcException(),
        CatalogueUnavailableException => ToStatus(new HubException(
            HubError.CatalogueUnavailable, "The hub cannot reach its catalogue at this moment; try again in a minute.")).ToRpcException(),
        StorageFullException or SpoolFullException => ToStatus(new HubException(
            HubError.SpoolFull, "The hub has no room for this at the moment; send it again in a minute.")).ToRpcException(),
        // Of a scratch file for instance. The line's own failures never come this far: they are the transport's.
        IOException => ToStatus(new HubException(
            HubError.StorageUnavailable, "The hub's disk does not answer at this moment; try again in a minute.")).ToRpcException(),
        _ => null,
    };

    private static Google.Rpc.Status ToStatus(HubException e)
    {
        var (code, reason) = ErrorTable.Of(e.Error);
        // Field 1 is `reason` on today's wire; the package at hand was made when it was still named `type`.
        var info = new ErrorInfo { Domain = ErrorTable.Domain, Type = reason };
        foreach (var (name, value) in e.Facts) info.Metadata.Add(name, value);
        var status = new Google.Rpc.Status { Code = (int)code, Message = e.Message, Details = { Any.Pack(info) } };
        if (e.Fields.Count > 0)
        {
            var bad = new BadRequest();
            bad.FieldViolations.AddRange(e.Fields.Select(f => new BadRequest.Types.FieldViolation { Field = f.Field, Description = f.Problem }));
            status.Details.Add(Any.Pack(bad));
        }

        return status;
    }
}
