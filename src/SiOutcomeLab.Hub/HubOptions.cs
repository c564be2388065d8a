using SiOutcomeLab.Hub.Configuration;
using SiOutcomeLab.Hub.Features.Intake;
using SiOutcomeLab.Hub.Health;
using SiOutcomeLab.Hub.Identity;
using SiOutcomeLab.Hub.Telemetry;

namespace SiOutcomeLab.Hub;

/// <summary>
/// Everything about a hub that can be set. A property's key in the configuration file is its name in lower case with underscores; a
/// nested record is a section. Checked at start; each breach is told by that key. A secret is never an option, only the file it is in.
/// </summary>
public sealed record HubOptions
{
    /// <summary>The folder in which the hub keeps everything but its key; made when missing.</summary>
    [OptionPath]
    public required string DataFolder { get; init; }

    /// <summary>The file with the hub's keys, outside the data folder and its backups; null for <c>{data folder}.key</c> beside it.</summary>
    [OptionPath]
    public string? KeyFile { get; init; }

    /// <summary>
    /// The address to listen on; loopback unless there is TLS, and with it, client certificates. <c>0.0.0.0</c> or <c>::</c> for all.
    /// </summary>
    public string ListenAddress { get; init; } = "127.0.0.1";

    /// <summary>The port for gRPC (HTTP/2); 0 for any free one.</summary>
    public int GrpcPort { get; init; }

    /// <summary>The port for JSON (HTTP/1.1, and with TLS also HTTP/2); 0 for any free one.</summary>
    public int JsonPort { get; init; }

    /// <summary>The largest file of a submission, in bytes.</summary>
    public long MaximumFileBytes { get; init; } = 2L << 30;

    /// <summary>The most disk that arriving submissions may take together, in bytes.</summary>
    public long SpoolBytes { get; init; } = 8L << 30;

    /// <summary>Where the catalogue is.</summary>
    public CatalogueOptions Catalogue { get; init; } = new();

    /// <summary>Where the lake is.</summary>
    public LakeOptions Lake { get; init; } = new();

    /// <summary>How uploads are received.</summary>
    public UploadOptions Uploads { get; init; } = new();

    /// <summary>How often due runs, benchmarks and kronor are looked for.</summary>
    public TimeSpan DueInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What evaluations may use.</summary>
    public EvaluationOptions Evaluation { get; init; } = new();

    /// <summary>On which terms runs are put in kronor.</summary>
    public CostingOptions Costing { get; init; } = new();

    /// <summary>Whether the hub describes its own services to whoever asks (gRPC reflection); null for only without TLS, on loopback.</summary>
    public bool? EnableReflection { get; init; }

    /// <summary>How long a call that sends a stream may go without a whole message.</summary>
    public TimeSpan StreamIdleLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>With what the hub proves itself, and whose client certificates it believes.</summary>
    public TlsOptions Tls { get; init; } = new();

    /// <summary>Whose signed tokens it believes.</summary>
    public JwtOptions Jwt { get; init; } = new();

    /// <summary>When the hub calls itself ready.</summary>
    public HealthOptions Health { get; init; } = new();

    /// <summary>Where metrics and traces go.</summary>
    public TelemetryOptions Telemetry { get; init; } = new();

    /// <summary>The key file in use.</summary>
    public string KeyPath() => Path.GetFullPath(KeyFile ?? Path.TrimEndingDirectorySeparator(Path.GetFullPath(DataFolder)) + ".key");

    /// <summary>Whether other hubs may have the same catalogue and lake.</summary>
    internal bool IsShared => Catalogue.Kind == CatalogueKind.Postgres;

    /// <summary>Whether reflection is on.</summary>
    internal bool ReflectionIsOn => EnableReflection ?? !Tls.IsOn;

    /// <summary>Every breach, by key; empty when the hub can start.</summary>
    public IEnumerable<OptionBreach> Breaches()
    {
        var hasFolder = !string.IsNullOrWhiteSpace(DataFolder);
        if (!hasFolder) yield return new("data_folder", new("ska ange en mapp.", "must name a folder."));
        if (hasFolder && IsInside(KeyPath(), DataFolder))
        {
            yield return new(
                "key_file",
                new(
                    "ska ligga utanför datamappen: den som får mappen eller en kopia ska inte få nyckeln.",
                    "must be outside the data folder: whoever gets the folder or a copy must not get the key."));
        }

        foreach (var (key, port) in new[] { ("grpc_port", GrpcPort), ("json_port", JsonPort) })
        {
            if (port is < 0 or > 65535) yield return new(key, new("ska vara 0–65535.", "must be 0–65535."));
        }

        if (GrpcPort != 0 && GrpcPort == JsonPort)
        {
            yield return new(
                "json_port",
                new("ska skilja sig från grpc_port: en port kan inte tala båda.", "must differ from grpc_port: one port cannot speak both."));
        }

        if (!System.Net.IPAddress.TryParse(ListenAddress, out var address))
        {
            yield return new("listen_address", new("ska vara en IP-adress.", "must be an IP address."));
        }
        else if (!System.Net.IPAddress.IsLoopback(address) && !Tls.IsOn)
        {
            yield return new(
                "listen_address",
                new(
                    "kan vara en annan än 127.0.0.1 eller ::1 bara med TLS: ange tls.certificate och tls.client_ca.",
                    "can be other than 127.0.0.1 or ::1 only with TLS: give tls.certificate and tls.client_ca."));
        }

        if (StreamIdleLimit < TimeSpan.FromSeconds(1)) yield return new("stream_idle_limit", new("ska vara minst 1s.", "must be at least 1s."));
        foreach (var breach in Tls.Breaches()) yield return breach.Under("tls");
        foreach (var breach in Jwt.Breaches()) yield return breach.Under("jwt");
        if (MaximumFileBytes < 1) yield return new("maximum_file_bytes", new("ska vara minst 1.", "must be at least 1."));
        if (SpoolBytes < MaximumFileBytes)
        {
            yield return new("spool_bytes", new("ska inte vara mindre än maximum_file_bytes.", "must not be less than maximum_file_bytes."));
        }

        if (DueInterval < TimeSpan.FromMilliseconds(100)) yield return new("due_interval", new("ska vara minst 100ms.", "must be at least 100ms."));
        foreach (var breach in Evaluation.Breaches()) yield return breach.Under("evaluation");
        foreach (var breach in Costing.Breaches()) yield return breach.Under("costing");
        foreach (var breach in Catalogue.Breaches()) yield return breach.Under("catalogue");
        foreach (var breach in Lake.Breaches(IsShared)) yield return breach.Under("lake");
        foreach (var breach in Uploads.Breaches()) yield return breach.Under("uploads");
        foreach (var breach in Health.Breaches()) yield return breach.Under("health");
        foreach (var breach in Telemetry.Breaches()) yield return breach.Under("telemetry");
    }

    private static bool IsInside(string file, string folder)
    {
        var relative = Path.GetRelativePath(Path.GetFullPath(folder), file);
        return relative != ".." && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !Path.IsPathRooted(relative);
    }
}
