using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using SiOutcomeLab.Hub.Telemetry;

namespace SiOutcomeLab.Hub.Tests.Telemetry;

/// <summary>Everything that would leave the hub as telemetry, as text, through the same set-up as a collector is given.</summary>
internal sealed class Exported : IDisposable
{
    private readonly ConcurrentDictionary<string, byte> _texts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _names = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _traces = new(StringComparer.Ordinal);
    private readonly HubTelemetry _telemetry;

    public Exported() => _telemetry = HubTelemetry.Start(
        "test",
        new PeriodicExportingMetricReader(new Metrics(this), exportIntervalMilliseconds: 200),
        new SimpleActivityExportProcessor(new Traces(this)));

    /// <summary>Names of metrics and spans.</summary>
    public ICollection<string> Names => _names.Keys;

    /// <summary>The spans' traces and parents.</summary>
    public ICollection<string> Lineages => _traces.Keys;

    /// <summary>Every attribute as <c>key=value</c>, and every other text of an item.</summary>
    public ICollection<string> Texts => _texts.Keys;

    public void Dispose() => _telemetry.Dispose();

    private void Keep(string? text)
    {
        if (!string.IsNullOrEmpty(text)) _texts[text] = 0;
    }

    private sealed class Metrics(Exported to) : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var metric in batch)
            {
                to._names[metric.Name] = 0;
                foreach (ref readonly var point in metric.GetMetricPoints())
                {
                    foreach (var tag in point.Tags) to.Keep($"{tag.Key}={tag.Value}");
                }
            }

            return ExportResult.Success;
        }
    }

    private sealed class Traces(Exported to) : BaseExporter<Activity>
    {
        public override ExportResult Export(in Batch<Activity> batch)
        {
            foreach (var span in batch)
            {
                to._names[span.DisplayName] = 0;
                to.Keep(span.TraceStateString);
                to.Keep(span.StatusDescription);
                to._traces[$"{span.TraceId} {span.ParentId}"] = 0;
                foreach (var tag in span.TagObjects) to.Keep($"{tag.Key}={tag.Value}");
                foreach (var baggage in span.Baggage) to.Keep($"{baggage.Key}={baggage.Value}");
                foreach (var happened in span.Events)
                {
                    to.Keep(happened.Name);
                    foreach (var tag in happened.Tags) to.Keep($"{tag.Key}={tag.Value}");
                }
            }

            return ExportResult.Success;
        }
    }
}
