using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Protos.Custody.V1;
using SiOutcomeLab.Protos.Identity.V1;
using SiOutcomeLab.Protos.Intake.V1;
using Credential = SiOutcomeLab.Protos.Identity.V1.Credential;

namespace SiOutcomeLab.Hub.Tests.Identity;

/// <summary>Every way in which credentials can be wrong, over real TLS: refused, with one answer for all of them.</summary>
public sealed class CredentialMatrixTests(SecureHub hub) : IClassFixture<SecureHub>
{
    private const string Answer = "CREDENTIALS_INVALID The credentials do not work: they are unknown, expired or revoked, or do not belong together.";

    private static readonly Dictionary<string, Func<SecureHub, X509Certificate2>> Certificates = new()
    {
        ["expired"] = h => h.Authority.Client("9901", from: TimeSpan.FromDays(-3), to: TimeSpan.FromDays(-2)),
        ["not yet valid"] = h => h.Authority.Client("9901", from: TimeSpan.FromHours(1), to: TimeSpan.FromDays(2)),
        ["of another authority"] = h => h.OtherAuthority.Client("9901"),
        ["of another authority of the same name"] = _ => new TestAuthority("test authority").Client("9901"),
        ["self-signed"] = _ => TestAuthority.SelfSigned("9901"),
        ["the authority's own"] = h => h.Authority.Certificate,
        ["for servers"] = h => h.Authority.ForServersOnly("9901"),
        ["for nothing in particular"] = h => h.Authority.WithoutPurpose("9901"),
        ["without a name"] = h => h.Authority.WithNames("https://9901.example/system"),
        ["with two names"] = h => h.Authority.WithNames("silab://9901/system", "silab://9911/system"),
        ["with a path too many"] = h => h.Authority.WithNames("silab://9901/system/more"),
        ["with an odd subject"] = h => h.Authority.WithNames("silab://9901/a%20b"),
    };

    private static readonly Dictionary<string, Func<SecureHub, string>> Tokens = new()
    {
        ["expired"] = h => Changed(h, "exp", Now(-120)),
        ["not yet valid"] = h => Changed(h, "nbf", Now(120)),
        ["issued in the future"] = h => Changed(h, "iat", Now(120)),
        ["valid for too long"] = h => h.Issuer.Sign(TestIssuer.Claims(minutes: 120)),
        ["valid for too long, issue not told"] = h => Without(h, "iat", TestIssuer.Claims(minutes: 120)),
        ["never expiring"] = h => Without(h, "exp"),
        ["for another audience"] = h => Changed(h, "aud", "https://other.example"),
        ["for no audience"] = h => Without(h, "aud"),
        ["of another issuer"] = h => Changed(h, "iss", "https://other.example"),
        ["without an id"] = h => Without(h, "jti"),
        ["without an organisation"] = h => Without(h, "org"),
        ["without a subject"] = h => Without(h, "sub"),
        ["with an odd organisation"] = h => Changed(h, "org", "9901/../9911"),
        ["alg none"] = h => h.Issuer.Sign(TestIssuer.Claims(), "none", "ec"),
        ["alg none, no key"] = h => h.Issuer.Sign(TestIssuer.Claims(), "none", ""),
        ["alg None, signature kept"] = h => Headed(h, "None"),
        ["HS256 with the public key"] = h => h.Issuer.Sign(TestIssuer.Claims(), "HS256", "rsa"),
        ["HS256 with a published secret"] = h => h.Issuer.Sign(TestIssuer.Claims(), "HS256", "shared"),
        ["an algorithm not taken"] = h => h.Issuer.Sign(TestIssuer.Claims(), "RS384", "rsa"),
        ["another algorithm's key"] = h => h.Issuer.Sign(TestIssuer.Claims(), "ES256", "rsa"),
        ["unknown key"] = h => h.Issuer.Sign(TestIssuer.Claims(), kid: "rotated"),
        ["no key named"] = h => h.Issuer.Sign(TestIssuer.Claims(), kid: ""),
        ["signed by another"] = _ => Foreign(),
        ["changed after signing"] = Tampered,
        ["critical extensions"] = h => h.Issuer.Sign(TestIssuer.Claims(), header: new() { ["crit"] = new[] { "b64" }, ["b64"] = false }),
        ["bound to a certificate that is not here"] = h => Bound(h, h.Authority.Client("9901")),
        ["bound to what cannot be checked"] = h => Changed(h, "cnf", new Dictionary<string, string> { ["jkt"] = "abc" }),
        ["expiring at the end of time"] = h => Changed(h, "exp", 253402300799L),
        ["expiring at the end of time, by another"] = h => Changed(h, "exp", 253402300799L) + "x",
        ["five parts"] = h => h.Issuer.Sign(TestIssuer.Claims()) + ".a.b",
        ["no base64"] = _ => "a.b!.c",
        ["too long"] = h => Changed(h, "pad", new string('a', 9000)),
        ["empty parts"] = _ => "..",
    };

    public static TheoryData<string> CertificateCases => [.. Certificates.Keys];

    public static TheoryData<string> TokenCases => [.. Tokens.Keys];

    [Theory, MemberData(nameof(CertificateCases))]
    public async Task Certificate_ThatIsWrong_IsRefusedEverywhereWithOneAnswer(string which)
    {
        var certificate = Certificates[which](hub);

        // Also where anonymous may call, also for a push, and a good token does not make up for it.
        Assert.Equal((StatusCode.Unauthenticated, Answer, null), await hub.AskAsync(certificate, null));
        Assert.Equal((StatusCode.Unauthenticated, Answer, null), await hub.AskAsync(certificate, hub.Issuer.Sign(TestIssuer.Claims())));
        Assert.Equal((StatusCode.Unauthenticated, "CREDENTIALS_INVALID"), await hub.PushAsync(certificate, null));
    }

    [Theory, MemberData(nameof(TokenCases))]
    public async Task Token_ThatIsWrong_IsRefusedEverywhereWithOneAnswer(string which)
    {
        var token = Tokens[which](hub);

        Assert.Equal((StatusCode.Unauthenticated, Answer, null), await hub.AskAsync(null, token));
        Assert.Equal((StatusCode.Unauthenticated, Answer, null), await hub.AskAsync(hub.Authority.Client("9901"), token));
    }

    [Theory]
    [InlineData("ES256")]
    [InlineData("RS256")]
    [InlineData("PS256")]
    public async Task Token_ThatIsRight_IsItsSubject(string algorithm)
    {
        var (status, reason, caller) = await hub.AskAsync(null, hub.Issuer.Sign(TestIssuer.Claims(), algorithm));

        Assert.True(status == StatusCode.OK, reason);
        Assert.Equal(("9901", "anna", Authentication.SignedToken), (caller!.Organisation, caller.Subject, caller.Authentication));
        Assert.Equal([Protos.Identity.V1.Role.Submitter, Protos.Identity.V1.Role.Analyst], caller.Roles);
    }

    [Fact]
    public async Task Certificate_ThatIsRight_IsItsSubjectAndMayPush()
    {
        var certificate = hub.Authority.Client("9901");

        var (_, _, caller) = await hub.AskAsync(certificate, null);

        Assert.Equal(("9901", "system", Authentication.Certificate), (caller!.Organisation, caller.Subject, caller.Authentication));
        Assert.Equal((StatusCode.InvalidArgument, "CHUNK_ORDER"), await hub.PushAsync(certificate, null));
    }

    [Fact]
    public async Task Push_WithoutCertificate_IsRefusedThoughTheTokenIsRight()
    {
        Assert.Equal((StatusCode.Unauthenticated, "CERTIFICATE_REQUIRED"), await hub.PushAsync(null, hub.Issuer.Sign(TestIssuer.Claims())));
        Assert.Equal((StatusCode.InvalidArgument, "CHUNK_ORDER"), await hub.PushAsync(hub.Authority.Client("9901"), hub.Issuer.Sign(TestIssuer.Claims())));
    }

    [Fact]
    public async Task Custody_WithoutCertificate_ReadsButNeitherRemovesNorHandsOut()
    {
        var name = $"submissions/{new string('0', 32)}";
        var token = SecureHub.With(hub.Issuer.Sign(TestIssuer.Claims()));
        var (bare, certified) = (new CustodyService.CustodyServiceClient(hub.Channel(null)), new CustodyService.CustodyServiceClient(hub.Channel(hub.Authority.Client("9901"))));
        Func<CustodyService.CustodyServiceClient, Task>[] calls =
        [
            c => c.WithdrawSubmissionAsync(new WithdrawSubmissionRequest { Name = name }, token).ResponseAsync,
            c => c.SetRetentionAsync(new SetRetentionRequest { Name = name }, token).ResponseAsync,
            c => c.ErasePersonAsync(new ErasePersonRequest { Project = "nsw", PersonId = new string('a', 64) }, token).ResponseAsync,
            c => c.ReturnOwnData(new ReturnOwnDataRequest { Name = name }, token).ResponseStream.MoveNext(Cancel.Token),
        ];
        foreach (var call in calls)
        {
            Assert.Equal("CERTIFICATE_REQUIRED", (await Assert.ThrowsAsync<RpcException>(() => call(bare))).Reason());
            Assert.NotEqual("CERTIFICATE_REQUIRED", (await Record.ExceptionAsync(() => call(certified)) as RpcException)?.Reason());
        }

        var read = await Assert.ThrowsAsync<RpcException>(() => bare.GetSubmissionLifeAsync(new GetSubmissionLifeRequest { Name = name }, token).ResponseAsync);
        Assert.Equal("SUBMISSION_UNKNOWN", read.Reason());
    }

    [Theory]
    [InlineData("9901", "9901", true)]
    [InlineData("9901", "9911", false)]
    [InlineData("lab", "9901", false)]
    public async Task CertificateAndToken_OfDifferentTenants_AreRefused(string ofCertificate, string ofToken, bool isLetIn)
    {
        var (status, reason, caller) = await hub.AskAsync(hub.Authority.Client(ofCertificate), hub.Issuer.Sign(TestIssuer.Claims(ofToken)));

        if (isLetIn) Assert.Equal(("anna", Authentication.CertificateAndSignedToken), (caller!.Subject, caller.Authentication));
        else Assert.Equal((StatusCode.Unauthenticated, Answer), (status, reason));
    }

    [Fact]
    public async Task AccessToken_WithACertificateOfAnotherTenant_IsRefused()
    {
        var caller = new Caller(new OrganisationId("9901"), "anna", new HashSet<Domain.Identity.Role> { Domain.Identity.Role.Analyst });
        var token = await hub.Hub.GrantAsync(caller, TimeSpan.FromMinutes(1), Cancel.Token);

        Assert.Equal(StatusCode.OK, (await hub.AskAsync(hub.Authority.Client("9901"), token)).Status);
        Assert.Equal((StatusCode.Unauthenticated, Answer, null), await hub.AskAsync(hub.Authority.Client("9911"), token));
    }

    [Fact]
    public async Task BoundToken_ReplayedWithAnotherCertificateOfTheTenant_IsRefused()
    {
        var own = hub.Authority.Client("9901");
        var token = Bound(hub, own);

        Assert.Equal(StatusCode.OK, (await hub.AskAsync(own, token)).Status);
        Assert.Equal((StatusCode.Unauthenticated, Answer, null), await hub.AskAsync(hub.Authority.Client("9901"), token));
        Assert.Equal((StatusCode.Unauthenticated, Answer, null), await hub.AskAsync(null, token));
    }

    [Fact]
    public async Task Roles_InAToken_NarrowAndNeverWiden()
    {
        var narrowed = TestIssuer.Claims();
        narrowed["roles"] = new[] { "analyst", "steward", "king" };
        var none = TestIssuer.Claims();
        none["roles"] = Array.Empty<string>();

        Assert.Equal([Protos.Identity.V1.Role.Analyst], (await hub.AskAsync(null, hub.Issuer.Sign(narrowed))).Caller!.Roles);
        Assert.Empty((await hub.AskAsync(null, hub.Issuer.Sign(TestIssuer.Claims(subject: "nobody")))).Caller!.Roles);
        Assert.Empty((await hub.AskAsync(null, hub.Issuer.Sign(none))).Caller!.Roles);
    }

    [Fact]
    public async Task Revoked_CertificateOrToken_StopsAtOnceAlsoOnOpenConnections()
    {
        var steward = new IdentityService.IdentityServiceClient(hub.Channel(hub.Authority.Client("lab", "eva")));
        var bySerial = hub.Authority.Client("9901");
        var byThumbprint = hub.Authority.Client("9901");
        var other = hub.Authority.Client("9901");
        var claims = TestIssuer.Claims();
        var token = hub.Issuer.Sign(claims);
        Credential[] revoked =
        [
            new() { CertificateSerial = bySerial.SerialNumber.ToLowerInvariant() },
            new() { CertificateSha256 = byThumbprint.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256).ToLowerInvariant() },
            new() { TokenId = (string)claims["jti"] },
        ];
        var open = new IdentityService.IdentityServiceClient(hub.Channel(bySerial));
        await open.GetCallerAsync(new GetCallerRequest(), SecureHub.With(null));

        foreach (var credential in revoked)
        {
            Assert.False((await steward.RevokeCredentialAsync(new RevokeCredentialRequest { Credential = credential, Reason = "lost" }, SecureHub.With(null))).WasRevoked);
        }

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await open.GetCallerAsync(new GetCallerRequest(), SecureHub.With(null)));
        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
        Assert.Equal((StatusCode.Unauthenticated, Answer, null), await hub.AskAsync(byThumbprint, null));
        Assert.Equal((StatusCode.Unauthenticated, Answer, null), await hub.AskAsync(null, token));
        Assert.Equal((StatusCode.Unauthenticated, Answer, null), await hub.AskAsync(byThumbprint, hub.Issuer.Sign(TestIssuer.Claims())));
        Assert.Equal(StatusCode.OK, (await hub.AskAsync(other, null)).Status);
        Assert.Equal(StatusCode.OK, (await hub.AskAsync(null, hub.Issuer.Sign(TestIssuer.Claims()))).Status);
    }

    [Fact]
    public async Task AnotherTenantsThing_OverTls_IsAnsweredAsOneThatDoesNotExist()
    {
        var client = new IntakeService.IntakeServiceClient(hub.Channel(hub.Authority.Client("9911")));
        var e = await Assert.ThrowsAsync<RpcException>(async () =>
            await client.GetSubmissionAsync(new GetSubmissionRequest { Name = "submissions/00000000000000000000000000000000" }, SecureHub.With(null)));

        Assert.Equal("SUBMISSION_UNKNOWN", e.Reason());
    }

    private static long Now(int seconds) => DateTimeOffset.UtcNow.ToUnixTimeSeconds() + seconds;

    private static string Changed(SecureHub hub, string claim, object value)
    {
        var claims = TestIssuer.Claims();
        claims[claim] = value;
        return hub.Issuer.Sign(claims);
    }

    private static string Without(SecureHub hub, string claim, Dictionary<string, object>? claims = null)
    {
        claims ??= TestIssuer.Claims();
        claims.Remove(claim);
        return hub.Issuer.Sign(claims);
    }

    private static string Bound(SecureHub hub, X509Certificate2 certificate)
    {
        var claims = TestIssuer.Claims();
        TestIssuer.Bind(claims, certificate);
        return hub.Issuer.Sign(claims);
    }

    private static string Foreign()
    {
        using var other = new TestIssuer();
        return other.Sign(TestIssuer.Claims());
    }

    private static string Headed(SecureHub hub, string algorithm)
    {
        var parts = hub.Issuer.Sign(TestIssuer.Claims()).Split('.');
        var head = hub.Issuer.Sign(TestIssuer.Claims(), algorithm, "ec").Split('.')[0];
        return $"{head}.{parts[1]}.{parts[2]}";
    }

    private static string Tampered(SecureHub hub)
    {
        var parts = hub.Issuer.Sign(TestIssuer.Claims()).Split('.');
        return $"{parts[0]}.{hub.Issuer.Sign(TestIssuer.Claims("9911")).Split('.')[1]}.{parts[2]}";
    }
}
