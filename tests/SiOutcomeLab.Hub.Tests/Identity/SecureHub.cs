using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Hub.Identity;
using SiOutcomeLab.Protos.Identity.V1;
using SiOutcomeLab.Protos.Intake.V1;
using Role = SiOutcomeLab.Domain.Identity.Role;

namespace SiOutcomeLab.Hub.Tests.Identity;

/// <summary>A hub on loopback as it would serve a network: TLS, client certificates of one authority, signed tokens of one issuer.</summary>
public sealed class SecureHub : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("silab-secure-");
    private readonly List<GrpcChannel> _channels = [];
    private RunningHub? _hub;

    internal TestAuthority Authority { get; } = new("test authority");

    internal TestAuthority OtherAuthority { get; } = new("another authority");

    internal TestIssuer Issuer { get; } = new();

    internal LogSink Log { get; } = new();

    internal RunningHub Hub => _hub!;

    internal string ClientCaPath => PathOf("clients.pem");

    internal string RevocationsPath => PathOf("clients.crl");

    internal string ServerPath => PathOf("server.pem");

    internal string KeysPath => PathOf("jwks.json");

    internal HubOptions Options => new()
    {
        DataFolder = PathOf("data"),
        DueInterval = TimeSpan.FromMinutes(1),
        Tls = new TlsOptions { Certificate = ServerPath, ClientCa = ClientCaPath, ClientRevocations = RevocationsPath },
        Jwt = new JwtOptions { Issuer = TestIssuer.Name, Audience = TestIssuer.Audience, KeysFile = KeysPath },
    };

    public async ValueTask InitializeAsync()
    {
        WriteServer(Authority.Server());
        File.WriteAllText(ClientCaPath, Authority.Certificate.ExportCertificatePem());
        File.WriteAllBytes(RevocationsPath, Authority.RevocationList(DateTimeOffset.UtcNow.AddDays(1)));
        File.WriteAllText(KeysPath, Issuer.Jwks());
        _hub = await HubApplication.StartAsync(
            Options, TimeProvider.System, logging => logging.AddProvider(Log).SetMinimumLevel(LogLevel.Information), Cancel.Token);
        foreach (var organisation in new[] { "9901", "9911" })
        {
            foreach (var subject in new[] { "system", "anna" })
            {
                await GrantAsync(organisation, subject, Role.Submitter, Role.Analyst);
            }
        }

        await GrantAsync("lab", "eva", Role.Steward);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels) channel.Dispose();
        if (_hub is not null) await _hub.DisposeAsync();
        Authority.Dispose();
        OtherAuthority.Dispose();
        Issuer.Dispose();
        _folder.Delete(recursive: true);
    }

    internal Task GrantAsync(string organisation, string subject, params Role[] roles) =>
        Hub.GrantRolesAsync(new Caller(new OrganisationId(organisation), subject, roles.ToHashSet()), Cancel.Token);

    internal void WriteServer(X509Certificate2 certificate) => File.WriteAllText(
        ServerPath, certificate.ExportCertificatePem() + "\n" + certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n");

    internal SocketsHttpHandler Handler(X509Certificate2? certificate, X509Certificate2? trusted = null)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(trusted ?? Authority.Certificate);
        return new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = policy,
                ClientCertificateContext = certificate is null ? null : SslStreamCertificateContext.Create(certificate, null, offline: true),
            },
        };
    }

    internal GrpcChannel Channel(X509Certificate2? certificate)
    {
        var channel = GrpcChannel.ForAddress(Hub.GrpcAddress, new GrpcChannelOptions { HttpHandler = Handler(certificate), DisposeHttpClient = true });
        _channels.Add(channel);
        return channel;
    }

    internal static CallOptions With(string? token) => new(
        token is null ? [] : new Metadata { { "authorization", "Bearer " + token } }, Deadline.In(TestHub.Timeout), Cancel.Token);

    /// <summary>Who the hub takes this caller for, or the status that it answers.</summary>
    internal async Task<(StatusCode Status, string Reason, GetCallerResponse? Caller)> AskAsync(X509Certificate2? certificate, string? token)
    {
        try
        {
            var client = new IdentityService.IdentityServiceClient(Channel(certificate));
            return (StatusCode.OK, string.Empty, await client.GetCallerAsync(new GetCallerRequest(), With(token)));
        }
        catch (RpcException e)
        {
            return (e.StatusCode, $"{e.Reason()} {e.Status.Detail}", null);
        }
    }

    /// <summary>What the hub answers to a push whose first message is no submission: nothing past the door works.</summary>
    internal async Task<(StatusCode Status, string? Reason)> PushAsync(X509Certificate2? certificate, string? token)
    {
        using var call = new IntakeService.IntakeServiceClient(Channel(certificate)).UploadFile(With(token));
        try
        {
            await call.RequestStream.CompleteAsync();
            await call;
            return (StatusCode.OK, null);
        }
        catch (RpcException e)
        {
            return (e.StatusCode, e.Reason());
        }
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
