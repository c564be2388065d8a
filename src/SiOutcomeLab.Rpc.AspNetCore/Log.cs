using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace SiOutcomeLab.Rpc.AspNetCore;

/// <summary>All log lines of this assembly. Methods and codes only: never a message, a metadata value or a status text.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Request content type {ContentType} is not gRPC.", EventName = "NotGrpc")]
    public static partial void NotGrpc(ILogger logger, string? contentType);

    [LoggerMessage(2, LogLevel.Information, "A gRPC call came over {Protocol}; it needs HTTP/2.", EventName = "NotHttp2")]
    public static partial void NotHttp2(ILogger logger, string protocol);

    [LoggerMessage(3, LogLevel.Information, "A call of an unknown method.", EventName = "Unimplemented")]
    public static partial void Unimplemented(ILogger logger);

    [LoggerMessage(4, LogLevel.Information, "{Method} ended with {StatusCode}.", EventName = "CallFailed")]
    public static partial void CallFailed(ILogger logger, string method, StatusCode statusCode);

    [LoggerMessage(5, LogLevel.Error, "{Method}: its handler threw.", EventName = "HandlerThrew")]
    public static partial void HandlerThrew(ILogger logger, Exception exception, string method);

    [LoggerMessage(6, LogLevel.Information, "{Method}: its deadline passed.", EventName = "DeadlineExceeded")]
    public static partial void DeadlineExceeded(ILogger logger, string method);

    [LoggerMessage(7, LogLevel.Debug, "{Method}: its client went away.", EventName = "ClientGone")]
    public static partial void ClientGone(ILogger logger, string method);

    [LoggerMessage(8, LogLevel.Debug, "{Method}: its handler threw after the call had been answered.", EventName = "LateException")]
    public static partial void LateException(ILogger logger, Exception exception, string method);

    [LoggerMessage(9, LogLevel.Debug, "{Service} mapped with {Methods} methods.", EventName = "ServiceMapped")]
    public static partial void ServiceMapped(ILogger logger, Type service, int methods);
}
