using SiOutcomeLab.Hub.Configuration;

namespace SiOutcomeLab.Hub.Telemetry;

/// <summary>How metrics and traces travel.</summary>
public enum TelemetryProtocol
{
    /// <summary>OTLP over gRPC, usually port 4317.</summary>
    Grpc = 1,

    /// <summary>OTLP as Protobuf over HTTP, usually port 4318.</summary>
    Http = 2,
}

/// <summary>Where metrics and traces go: nowhere unless an endpoint is set.</summary>
public sealed record TelemetryOptions
{
    /// <summary>The OpenTelemetry collector, e.g. <c>http://127.0.0.1:4317</c>; null for no telemetry.</summary>
    public string? Endpoint { get; init; }

    /// <summary>How it is spoken to.</summary>
    public TelemetryProtocol Protocol { get; init; } = TelemetryProtocol.Grpc;

    /// <summary>A file with headers for the collector, <c>name=value</c> a line, such as its access token; null for none.</summary>
    [OptionPath]
    public string? HeadersFile { get; init; }

    /// <summary>Whether traces are sent beside metrics.</summary>
    public bool Traces { get; init; } = true;

    /// <summary>How often metrics are sent.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one sending may take before it is given up and lost.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Every breach, by key.</summary>
    public IEnumerable<OptionBreach> Breaches()
    {
        if (Endpoint is not null && !(Uri.TryCreate(Endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            yield return new("endpoint", new("ska vara en adress som http://127.0.0.1:4317.", "must be an address such as http://127.0.0.1:4317."));
        }
        else if (Endpoint is not null && new Uri(Endpoint).UserInfo.Length > 0)
        {
            yield return new(
                "endpoint", new("ska inte bära en hemlighet; lägg den i headers_file.", "must not carry a secret; put it in headers_file."));
        }

        if (!Enum.IsDefined(Protocol)) yield return new("protocol", new("ska vara grpc eller http.", "must be grpc or http."));
        if (Interval < TimeSpan.FromSeconds(1)) yield return new("interval", new("ska vara minst 1s.", "must be at least 1s."));
        if (Timeout < TimeSpan.FromMilliseconds(100) || Timeout > TimeSpan.FromMinutes(1))
        {
            yield return new("timeout", new("ska vara 100ms–1m.", "must be 100ms–1m."));
        }
    }
}
