using Microsoft.Extensions.Logging;

namespace SiOutcomeLab.Hub.Identity;

/// <summary>What the hub logs about identity: files and reasons, never credentials.</summary>
internal static partial class IdentityLog
{
    [LoggerMessage(EventId = 2101, EventName = "FilesReloaded", Level = LogLevel.Information, Message = "{Path} has changed and was read again.")]
    public static partial void FilesReloaded(ILogger log, string path);

    [LoggerMessage(EventId = 2102, EventName = "FilesNotReloaded", Level = LogLevel.Error, Message = "{Path} has changed and cannot be read; what was read before goes on being used.")]
    public static partial void FilesNotReloaded(ILogger log, Exception exception, string path);

    [LoggerMessage(EventId = 2103, EventName = "CertificateRefused", Level = LogLevel.Warning, Message = "A client certificate was refused: {Reason}")]
    public static partial void CertificateRefused(ILogger log, string reason);

    [LoggerMessage(EventId = 2104, EventName = "TokenRefused", Level = LogLevel.Warning, Message = "A signed token was refused: {Reason}")]
    public static partial void TokenRefused(ILogger log, string reason);

    [LoggerMessage(EventId = 2105, EventName = "KeysNotFetched", Level = LogLevel.Error, Message = "The issuer's keys at {Url} could not be fetched; those fetched before go on being used.")]
    public static partial void KeysNotFetched(ILogger log, Exception exception, Uri url);
}
