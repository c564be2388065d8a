using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;

namespace SiOutcomeLab.Hub.Tests.Identity;

/// <summary>Files that change under a serving hub, and what TLS it speaks.</summary>
public sealed class RenewalTests : IAsyncLifetime
{
    private readonly SecureHub _hub = new();

    public ValueTask InitializeAsync() => _hub.InitializeAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task ServerCertificate_Replaced_IsSeenByTheNextConnectionWithoutARestart()
    {
        var before = await PresentedAsync();
        var renewed = _hub.Authority.Server();

        _hub.WriteServer(renewed);

        await UntilAsync(async () => await PresentedAsync() == renewed.Thumbprint);
        Assert.NotEqual(before, renewed.Thumbprint);
    }

    [Fact]
    public async Task ServerCertificate_ReplacedByRubbish_GoesOnBeingTheOldOneAndIsLogged()
    {
        var before = await PresentedAsync();

        File.WriteAllText(_hub.ServerPath, "no certificate");

        await UntilAsync(async () =>
        {
            Assert.Equal(before, await PresentedAsync());
            return _hub.Log.Lines.Any(l => l.Contains("cannot be read", StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task RevocationList_Replaced_StopsTheCertificateOnItAndNoOther()
    {
        var lost = _hub.Authority.Client("9901");
        var kept = _hub.Authority.Client("9901");
        Assert.Equal(StatusCode.OK, (await _hub.AskAsync(lost, null)).Status);

        File.WriteAllBytes(_hub.RevocationsPath, _hub.Authority.RevocationList(DateTimeOffset.UtcNow.AddDays(1), lost));

        await UntilAsync(async () => (await _hub.AskAsync(lost, null)).Status == StatusCode.Unauthenticated);
        Assert.Equal(StatusCode.OK, (await _hub.AskAsync(kept, null)).Status);
    }

    [Fact]
    public async Task RevocationList_OutOfDate_StopsEveryCertificate()
    {
        var certificate = _hub.Authority.Client("9901");

        File.WriteAllBytes(_hub.RevocationsPath, _hub.Authority.RevocationList(DateTimeOffset.UtcNow.AddMinutes(-1)));

        await UntilAsync(async () => (await _hub.AskAsync(certificate, null)).Status == StatusCode.Unauthenticated);
        Assert.Equal(StatusCode.OK, (await _hub.AskAsync(null, null)).Status);
    }

    [Fact]
    public async Task RevocationList_SignedByAnother_IsNotTakenUp()
    {
        var certificate = _hub.Authority.Client("9901");

        File.WriteAllBytes(_hub.RevocationsPath, _hub.OtherAuthority.RevocationList(DateTimeOffset.UtcNow.AddDays(1), certificate));

        await UntilAsync(async () =>
        {
            Assert.Equal(StatusCode.OK, (await _hub.AskAsync(certificate, null)).Status);
            return _hub.Log.Lines.Any(l => l.Contains("cannot be read", StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task SigningKeys_Rotated_TakeTheNewAndDropTheOld()
    {
        using var next = new TestIssuer();
        var old = _hub.Issuer.Sign(TestIssuer.Claims());
        Assert.Equal(StatusCode.OK, (await _hub.AskAsync(null, old)).Status);

        File.WriteAllText(_hub.KeysPath, next.Jwks());

        await UntilAsync(async () => (await _hub.AskAsync(null, next.Sign(TestIssuer.Claims()))).Status == StatusCode.OK);
        Assert.Equal(StatusCode.Unauthenticated, (await _hub.AskAsync(null, old)).Status);
    }

    [Fact]
    public async Task ClientAuthority_Replaced_StopsTheOldOnesCertificates()
    {
        var old = _hub.Authority.Client("9901");
        File.WriteAllText(_hub.ClientCaPath, _hub.OtherAuthority.Certificate.ExportCertificatePem());
        File.WriteAllBytes(_hub.RevocationsPath, _hub.OtherAuthority.RevocationList(DateTimeOffset.UtcNow.AddDays(1)));

        await UntilAsync(async () => (await _hub.AskAsync(_hub.OtherAuthority.Client("9901"), null)).Status == StatusCode.OK);
        Assert.Equal(StatusCode.Unauthenticated, (await _hub.AskAsync(old, null)).Status);
    }

    [Theory]
#pragma warning disable SYSLIB0039, CA5397 // What is tried is that they are refused.
    [InlineData(SslProtocols.Tls11, false)]
#pragma warning restore SYSLIB0039, CA5397
    [InlineData(SslProtocols.Tls12, true)]
    [InlineData(SslProtocols.Tls13, true)]
    public async Task Tls_Below12_IsRefused(SslProtocols protocol, bool isSpoken)
    {
        if (isSpoken)
        {
            Assert.NotNull(await PresentedAsync(protocol));
            return;
        }

        var e = await Record.ExceptionAsync(() => PresentedAsync(protocol));
        Assert.True(e is AuthenticationException or IOException, $"{e?.GetType().Name}");
    }

    [Fact]
    public async Task Json_OverTls_AnswersOnBothVersionsOfHttp()
    {
        foreach (var version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
        {
            using var client = new HttpClient(_hub.Handler(_hub.Authority.Client("9901")))
            {
                BaseAddress = _hub.Hub.JsonAddress, DefaultRequestVersion = version, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            };
            using var content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
            using var response = await client.PostAsync(new Uri("sioutcomelab.identity.v1.IdentityService/GetCaller", UriKind.Relative), content, Cancel.Token);

            Assert.Contains("\"9901\"", await response.Content.ReadAsStringAsync(Cancel.Token), StringComparison.Ordinal);
            Assert.Equal(version, response.Version);
        }
    }

    [Fact]
    public async Task PlainHttp_OnTheTlsPort_IsNotAnswered()
    {
        using var client = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri($"http://127.0.0.1:{_hub.Hub.JsonAddress.Port}/healthz/live"), Cancel.Token));
    }

    [Fact]
    public async Task Reflection_UnderTls_IsNotThere()
    {
        var method = new Method<byte[], byte[]>(
            MethodType.DuplexStreaming, "grpc.reflection.v1.ServerReflection", "ServerReflectionInfo", Marshallers.Create(b => b, b => b), Marshallers.Create(b => b, b => b));
        using var call = _hub.Channel(_hub.Authority.Client("lab", "eva")).CreateCallInvoker().AsyncDuplexStreamingCall(method, null, SecureHub.With(null));
        await call.RequestStream.CompleteAsync();

        var e = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancel.Token));

        Assert.Equal(StatusCode.Unimplemented, e.StatusCode);
    }

    private async Task<string> PresentedAsync(SslProtocols protocols = SslProtocols.None)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, _hub.Hub.GrpcAddress.Port, Cancel.Token);
        string? seen = null;
#pragma warning disable CA5359 // What is asked is which certificate comes, not whether to trust it.
        await using var tls = new SslStream(socket.GetStream(), false, (_, certificate, _, _) =>
        {
            seen = ((X509Certificate2)certificate!).Thumbprint;
            return true;
        });
#pragma warning restore CA5359
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "localhost", EnabledSslProtocols = protocols, ApplicationProtocols = [SslApplicationProtocol.Http2] }, Cancel.Token);
        return seen!;
    }

    private static async Task UntilAsync(Func<Task<bool>> isSoAsync)
    {
        for (var i = 0; i < 600; i++)
        {
            if (await isSoAsync()) return;
            await Task.Delay(100, Cancel.Token);
        }

        Assert.Fail("It did not come to be within a minute.");
    }
}
