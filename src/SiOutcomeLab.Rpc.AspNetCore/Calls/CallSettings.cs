using System.IO.Compression;
using Grpc.AspNetCore.Server;
using Grpc.Net.Compression;
using Microsoft.Extensions.Logging;
using SiOutcomeLab.Rpc.Protocol;

namespace SiOutcomeLab.Rpc.AspNetCore;

/// <summary>The options that hold for the calls of one service.</summary>
internal sealed record CallSettings(
    int? MaxReceiveMessageSize,
    int? MaxSendMessageSize,
    bool DetailedErrors,
    string? ResponseEncoding,
    CompressionLevel? ResponseLevel,
    CompressionTable Compression,
    IReadOnlyList<InterceptorRegistration> Interceptors)
{
    private const int DefaultMaxReceiveMessageSize = 4 * 1024 * 1024;

    /// <exception cref="InvalidOperationException">The response compression has no provider.</exception>
    public static CallSettings Resolve(GrpcServiceOptions all, GrpcServiceOptions own)
    {
        ICompressionProvider[] providers = [new GzipCompressionProvider(CompressionLevel.Fastest), .. all.CompressionProviders, .. own.CompressionProviders];
        var settings = new CallSettings(
            own.MaxReceiveMessageSizeIsSet ? own.MaxReceiveMessageSize
                : all.MaxReceiveMessageSizeIsSet ? all.MaxReceiveMessageSize
                : DefaultMaxReceiveMessageSize,
            own.MaxSendMessageSizeIsSet ? own.MaxSendMessageSize : all.MaxSendMessageSize,
            own.EnableDetailedErrors ?? all.EnableDetailedErrors ?? false,
            own.ResponseCompressionAlgorithm ?? all.ResponseCompressionAlgorithm,
            own.ResponseCompressionLevel ?? all.ResponseCompressionLevel,
            new CompressionTable(providers),
            [.. all.Interceptors, .. own.Interceptors]);
        return settings.Compression.TryGet(settings.ResponseEncoding, out _)
            ? settings
            : throw new InvalidOperationException(
                $"ResponseCompressionAlgorithm is \"{settings.ResponseEncoding}\", which no entry of CompressionProviders provides.");
    }
}

/// <summary>What the handlers of one service share.</summary>
internal sealed record CallHost(CallSettings Settings, TimeProvider Time, ILogger Log);
