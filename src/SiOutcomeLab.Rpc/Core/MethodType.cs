namespace Grpc.Core;

/// <summary>The four call shapes.</summary>
public enum MethodType
{
    /// <summary>One request, one response.</summary>
    Unary,

    /// <summary>Many requests, one response.</summary>
    ClientStreaming,

    /// <summary>One request, many responses.</summary>
    ServerStreaming,

    /// <summary>Many requests and many responses, in any interleaving.</summary>
    DuplexStreaming,
}
