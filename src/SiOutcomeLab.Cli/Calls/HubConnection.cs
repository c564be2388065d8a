using Grpc.Core;
using Grpc.Net.Client;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Protos.Audit.V1;
using SiOutcomeLab.Protos.Benchmarks.V1;
using SiOutcomeLab.Protos.Costs.V1;
using SiOutcomeLab.Protos.Custody.V1;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Protos.Explanations.V1;
using SiOutcomeLab.Protos.Identity.V1;
using SiOutcomeLab.Protos.Intake.V1;
using SiOutcomeLab.Protos.Plans.V1;
using SiOutcomeLab.Protos.Runs.V1;

namespace SiOutcomeLab.Cli.Calls;

/// <summary>A way to a hub, with or without a token, with or without a certificate.</summary>
internal sealed class HubConnection : IDisposable
{
    private readonly GrpcChannel _channel;
    private readonly string? _token;

    private HubConnection(GrpcChannel channel, string? token)
    {
        _channel = channel;
        _token = token;
        Intake = new IntakeService.IntakeServiceClient(channel);
        Custody = new CustodyService.CustodyServiceClient(channel);
        Plans = new PlanService.PlanServiceClient(channel);
        Runs = new EvaluationService.EvaluationServiceClient(channel);
        Effects = new EffectService.EffectServiceClient(channel);
        Explanations = new ExplanationService.ExplanationServiceClient(channel);
        Benchmarks = new BenchmarkService.BenchmarkServiceClient(channel);
        Costs = new CostService.CostServiceClient(channel);
        Identity = new IdentityService.IdentityServiceClient(channel);
        Audit = new AuditService.AuditServiceClient(channel);
    }

    public IntakeService.IntakeServiceClient Intake { get; }

    public CustodyService.CustodyServiceClient Custody { get; }

    public PlanService.PlanServiceClient Plans { get; }

    public EvaluationService.EvaluationServiceClient Runs { get; }

    public EffectService.EffectServiceClient Effects { get; }

    public ExplanationService.ExplanationServiceClient Explanations { get; }

    public BenchmarkService.BenchmarkServiceClient Benchmarks { get; }

    public CostService.CostServiceClient Costs { get; }

    public IdentityService.IdentityServiceClient Identity { get; }

    public AuditService.AuditServiceClient Audit { get; }

    /// <exception cref="CommandException">The address is none, or a token would go over the network unencrypted.</exception>
    public static HubConnection To(string address, string? token, HubTls? tls = null)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new CommandException(
                ExitCode.Usage,
                new($"--hub {address} är ingen adress.", $"--hub {address} is no address."),
                new("Skriv den som http://127.0.0.1:5001 eller https://hubben.exempel.se.", "Write it as http://127.0.0.1:5001 or https://hub.example.org."));
        }

        if (token is not null && uri.Scheme == "http" && !uri.IsLoopback)
        {
            throw new CommandException(
                ExitCode.Usage,
                new("En token skickas inte okrypterad över nätet.", "A token is not sent over the network unencrypted."),
                new("Använd hubbens https-adress.", "Use the hub's https address."));
        }

        if (uri.Scheme == "http" && tls is { Certificate: not null })
        {
            throw new CommandException(
                ExitCode.Usage,
                new("Ett klientcertifikat kan bara visas över https.", "A client certificate can only be shown over https."),
                new("Använd hubbens https-adress.", "Use the hub's https address."));
        }

        var options = tls is null ? new GrpcChannelOptions() : new GrpcChannelOptions { HttpHandler = tls.Handler(), DisposeHttpClient = true };
        return new HubConnection(GrpcChannel.ForAddress(uri, options), string.IsNullOrWhiteSpace(token) ? null : token.Trim());
    }

    /// <summary>Options of a call: the token, and the token of cancellation.</summary>
    public CallOptions Options(CancellationToken cancellationToken)
    {
        var headers = new Metadata();
        if (_token is not null) headers.Add("authorization", $"Bearer {_token}");
        return new CallOptions(headers, cancellationToken: cancellationToken);
    }

    /// <summary>Options of a call that must have ended within a time, counted from now.</summary>
    public CallOptions Options(TimeSpan limit, CancellationToken cancellationToken) =>
        Options(cancellationToken).WithDeadline(TimeProvider.System.GetUtcNow().UtcDateTime + limit);

    public void Dispose() => _channel.Dispose();
}
