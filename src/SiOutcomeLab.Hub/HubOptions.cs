namespace SiOutcomeLab.Hub;

/// <summary>Everything about a hub that can be set. Checked at start; each breach is told by key.</summary>
public sealed record HubOptions
{
    /// <summary>The folder in which the hub keeps everything; made when missing.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The loopback port for gRPC (HTTP/2 without TLS); 0 for any free one.</summary>
    public int GrpcPort { get; init; }

    /// <summary>The loopback port for JSON over HTTP/1.1; 0 for any free one.</summary>
    public int JsonPort { get; init; }

    /// <summary>The largest file of a submission, in bytes.</summary>
    public long MaximumFileBytes { get; init; } = 2L << 30;

    /// <summary>The most disk that arriving submissions may take together, in bytes.</summary>
    public long SpoolBytes { get; init; } = 8L << 30;

    /// <summary>How often due runs are looked for.</summary>
    public TimeSpan DueInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether the hub describes its own services to clients (gRPC reflection).</summary>
    public bool EnableReflection { get; init; } = true;

    /// <summary>Every breach, as key and text; empty when the hub can start.</summary>
    public IEnumerable<(string Key, string Problem)> Breaches()
    {
        if (string.IsNullOrWhiteSpace(DataFolder)) yield return (nameof(DataFolder), "must name a folder.");
        if (GrpcPort is < 0 or > 65535) yield return (nameof(GrpcPort), "must be 0–65535.");
        if (JsonPort is < 0 or > 65535) yield return (nameof(JsonPort), "must be 0–65535.");
        if (GrpcPort != 0 && GrpcPort == JsonPort) yield return (nameof(JsonPort), "must differ from GrpcPort: without TLS one port cannot speak both.");
        if (MaximumFileBytes < 1) yield return (nameof(MaximumFileBytes), "must be at least 1.");
        if (SpoolBytes < MaximumFileBytes) yield return (nameof(SpoolBytes), "must not be less than MaximumFileBytes.");
        if (DueInterval < TimeSpan.FromMilliseconds(100)) yield return (nameof(DueInterval), "must be at least 0.1 seconds.");
    }
}
