using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using SiOutcomeLab.Pipelines.Telemetry;

namespace SiOutcomeLab.Hub.Telemetry;

/// <summary>
/// Sends metrics and traces to a collector, from threads of its own and bounded queues: what a collector does not take in time is lost,
/// and nothing of the hub waits for it.
/// </summary>
internal sealed class HubTelemetry : IDisposable
{
    private const int EndMilliseconds = 2000;

    // Only sources whose attributes are known: ASP.NET Core's own spans carry paths and what clients send.
    private static readonly string[] Sources = [HubMeter.Name, LabTelemetry.Name];
    private static readonly string[] Meters = [HubMeter.Name, LabTelemetry.Name, "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel"];

    private readonly MeterProvider _metrics;
    private readonly TracerProvider? _traces;

    private HubTelemetry(MeterProvider metrics, TracerProvider? traces)
    {
        _metrics = metrics;
        _traces = traces;
    }

    /// <summary>Begins to send, or does nothing when no endpoint is set.</summary>
    /// <exception cref="IOException">The headers' file cannot be read.</exception>
    public static HubTelemetry? Start(TelemetryOptions options, string version)
    {
        if (options.Endpoint is null) return null;
        var headers = ReadHeaders(options.HeadersFile);
        return Start(
            version,
            new PeriodicExportingMetricReader(new OtlpMetricExporter(To("v1/metrics")), (int)options.Interval.TotalMilliseconds, (int)options.Timeout.TotalMilliseconds),
            options.Traces ? new BatchActivityExportProcessor(new OtlpTraceExporter(To("v1/traces")), exporterTimeoutMilliseconds: (int)options.Timeout.TotalMilliseconds) : null);

        OtlpExporterOptions To(string path) => new()
        {
            // Over HTTP each kind has a path of its own; an endpoint set in code is taken as it stands.
            Endpoint = options.Protocol == TelemetryProtocol.Http ? new Uri(options.Endpoint.TrimEnd('/') + "/" + path) : new Uri(options.Endpoint),
            Protocol = options.Protocol == TelemetryProtocol.Http ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc,
            TimeoutMilliseconds = (int)options.Timeout.TotalMilliseconds,
            Headers = headers,
        };
    }

    /// <summary>As above, into a reader and a processor that are given: a test looks at what would leave.</summary>
    internal static HubTelemetry Start(string version, MetricReader reader, BaseProcessor<System.Diagnostics.Activity>? processor)
    {
        var resource = ResourceBuilder.CreateEmpty().AddService("silab-hub", serviceVersion: version);
        var metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters).AddReader(reader).Build();
        var traces = processor is null
            ? null
            : Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Sources).SetSampler(new AlwaysOnSampler()).AddProcessor(processor).Build();
        return new HubTelemetry(metrics, traces);
    }

    /// <summary>Sends what is left, for two seconds at most.</summary>
    public void Dispose()
    {
        // Both at once: a collector that does not answer may hold the hub's end up once, not twice.
        var traces = Task.Run(() => _traces?.Shutdown(EndMilliseconds));
        _metrics.Shutdown(EndMilliseconds);
        traces.Wait(EndMilliseconds);
        _metrics.Dispose();
        _traces?.Dispose();
    }

    private static string? ReadHeaders(string? file) =>
        file is null ? null : string.Join(',', File.ReadAllLines(file).Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#'));
}
