using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Tests.Samples;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Hub;
using SiOutcomeLab.Hub.Identity;

namespace SiOutcomeLab.Cli.Tests.Commands;

/// <summary>A lab's own authority and issuer by commands, and a hub that believes them and no other.</summary>
public sealed class IdentityCommandsTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private RunningHub _hub = null!;

    public async ValueTask InitializeAsync()
    {
        await OkAsync("identity", "ca", "new", "--ca-folder", At("ca"), "--name", "lab");
        await OkAsync("identity", "cert", "new", "--ca-folder", At("ca"), "--server", "localhost,127.0.0.1", "--out", At("hub"));
        await OkAsync("identity", "cert", "new", "--ca-folder", At("ca"), "--organisation", "lab", "--subject", "eva", "--out", At("eva"));
        await OkAsync("identity", "cert", "new", "--ca-folder", At("ca"), "--organisation", "9901", "--subject", "lon-system", "--out", At("lon"));
        await OkAsync("identity", "jwt-key", "new", "--out", At("jwt.key"), "--jwks", At("jwks.json"));
        var options = new HubOptions
        {
            DataFolder = At("data"),
            Tls = new TlsOptions { Certificate = At("hub.pem"), Key = At("hub.key"), ClientCa = At("ca/ca.pem"), ClientRevocations = At("ca/ca.crl") },
            Jwt = new JwtOptions { Issuer = "i", Audience = "a", KeysFile = At("jwks.json") },
        };
        _hub = await HubApplication.StartAsync(options, TimeProvider.System, logging: null, TestContext.Current.CancellationToken);
        await _hub.GrantRolesAsync(new Caller(OrganisationId.Lab, "eva", new HashSet<Role> { Role.Steward }), TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_hub is not null) await _hub.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Roles_GrantedListedAndRemoved_ChangeWhomTheHubTakesOneFor()
    {
        Assert.Contains("9901/lon-system: no roles", (await AsAsync("lon", "identity", "whoami")).Out, StringComparison.Ordinal);

        Assert.Contains("submitter: granted", (await AsAsync("eva", "identity", "role", "grant", "9901:lon-system:submitter,analyst")).Out, StringComparison.Ordinal);
        Assert.Contains("submitter, analyst", (await AsAsync("lon", "identity", "whoami")).Out, StringComparison.Ordinal);
        Assert.Contains("lon-system", (await AsAsync("eva", "identity", "role", "list")).Out, StringComparison.Ordinal);

        Assert.Contains("analyst: removed", (await AsAsync("eva", "identity", "role", "remove", "9901:lon-system:analyst")).Out, StringComparison.Ordinal);
        Assert.DoesNotContain("analyst", (await AsAsync("lon", "identity", "whoami")).Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Unauthorised, (await AsAsync("lon", "identity", "role", "list")).Code);
    }

    [Fact]
    public async Task Certificate_RevokedAtTheHub_StopsAtOnce_AndIsListedAsTheAuthorityHasIt()
    {
        using var before = JsonDocument.Parse((await RunAsync("identity", "cert", "list", "--ca-folder", At("ca"), "--json")).Out);
        var serial = before.RootElement.EnumerateArray().Single(c => c.GetProperty("for").GetString()!.Contains("lon-system", StringComparison.Ordinal)).GetProperty("serial").GetString()!;

        var revoked = await AsAsync("eva", "identity", "cert", "revoke", serial, "--ca-folder", At("ca"), "--at-hub", "--reason", "lost");

        Assert.Equal(ExitCode.Ok, revoked.Code);
        Assert.Equal(ExitCode.Unauthorised, (await AsAsync("lon", "identity", "whoami")).Code);
        Assert.Equal(ExitCode.Ok, (await AsAsync("eva", "identity", "whoami")).Code);
        using var after = JsonDocument.Parse((await RunAsync("identity", "cert", "list", "--ca-folder", At("ca"), "--json")).Out);
        Assert.Equal([serial], after.RootElement.EnumerateArray().Where(c => c.GetProperty("revoked").GetBoolean()).Select(c => c.GetProperty("serial").GetString()));
    }

    [Fact]
    public async Task Token_SignedAndRevoked_WorksUntilThen()
    {
        await AsAsync("eva", "identity", "role", "grant", "9901:anna:analyst");
        var made = await RunAsync(
            "identity", "token", "new", "--jwt-key", At("jwt.key"), "--issuer", "i", "--audience", "a", "--organisation", "9901", "--subject", "anna", "--minutes", "5");
        var (token, id) = (made.Out.Trim(), Regex.Match(made.Error, "jti ([0-9a-f]{32})").Groups[1].Value);

        Assert.Contains("9901/anna: analyst", (await WithAsync(token, "identity", "whoami")).Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, (await AsAsync("eva", "identity", "token", "revoke", "--jti", id)).Code);
        Assert.Equal(ExitCode.Unauthorised, (await WithAsync(token, "identity", "whoami")).Code);
    }

    [Fact]
    public async Task AccessToken_ListedAndRevoked_WorksUntilThen()
    {
        var token = await _hub.GrantAsync(
            new Caller(new OrganisationId("9901"), "anna", new HashSet<Role> { Role.Analyst }), TimeSpan.FromHours(1), TestContext.Current.CancellationToken);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token)));

        Assert.Contains(sha256, (await AsAsync("eva", "identity", "token", "list", "--json")).Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, (await WithAsync(token, "runs", "list")).Code);
        await AsAsync("eva", "identity", "token", "revoke", "--sha256", sha256);
        Assert.Equal(ExitCode.Unauthorised, (await WithAsync(token, "runs", "list")).Code);
    }

    [Fact]
    public async Task Audit_ListedAndVerified_HereAndAtTheHub_AndAgainstAHeadThatIsNotItsOwn()
    {
        await AsAsync("eva", "identity", "role", "grant", "9901:anna:analyst");
        var head = At("head.txt");

        Assert.Contains("roles/9901/anna/analyst", (await AsAsync("eva", "audit", "list")).Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, (await AsAsync("eva", "audit", "verify", "--head-file", head)).Code);
        await AsAsync("eva", "identity", "whoami");
        Assert.Equal(ExitCode.Ok, (await AsAsync("eva", "audit", "verify", "--head-file", head)).Code);
        Assert.Equal(ExitCode.Ok, (await AsAsync("eva", "audit", "verify", "--head-file", head, "--locally")).Code);

        File.WriteAllText(head, $"1:{new string('a', 64)}\n");
        var broken = await AsAsync("eva", "audit", "verify", "--head-file", head);
        var brokenHere = await AsAsync("eva", "audit", "verify", "--head-file", head, "--locally");
        Assert.Equal([ExitCode.AuditBroken, ExitCode.AuditBroken], [broken.Code, brokenHere.Code]);
        Assert.Contains("number 1", broken.Error, StringComparison.Ordinal);
        Assert.Equal($"1:{new string('a', 64)}\n", File.ReadAllText(head));
    }

    [Fact]
    public async Task Keys_Made_AreTheirOwnersAloneAndNeverWrittenOver()
    {
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in new[] { "ca/ca.key", "hub.key", "lon.key", "jwt.key" })
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(At(file)));
            }
        }

        Assert.Equal(ExitCode.Conflict, (await RunAsync("identity", "ca", "new", "--ca-folder", At("ca"))).Code);
        Assert.Equal(ExitCode.Conflict, (await RunAsync("identity", "cert", "new", "--ca-folder", At("ca"), "--server", "h", "--out", At("hub"))).Code);
        Assert.Equal(ExitCode.Conflict, (await RunAsync("identity", "jwt-key", "new", "--out", At("jwt.key"), "--jwks", At("jwks.json"))).Code);
    }

    [Fact]
    public async Task Jwks_SecondKey_IsAddedBesideTheFirst()
    {
        await OkAsync("identity", "jwt-key", "new", "--out", At("next.key"), "--jwks", At("jwks.json"));

        using var set = JsonDocument.Parse(File.ReadAllText(At("jwks.json")));
        Assert.Equal(2, set.RootElement.GetProperty("keys").EnumerateArray().Select(k => k.GetProperty("kid").GetString()).Distinct().Count());
        Assert.DoesNotContain("\"d\"", set.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("identity cert new --ca-folder X --out x")]
    [InlineData("identity cert new --ca-folder X --out x --server h --organisation 0180 --subject s")]
    [InlineData("identity cert new --ca-folder X --out x --organisation 01/80 --subject s")]
    [InlineData("identity cert revoke zz --ca-folder X")]
    [InlineData("identity role grant 9901:me:steward")]
    [InlineData("identity token revoke")]
    [InlineData("effects list --hub http://127.0.0.1:1 --cert-key x")]
    public async Task Run_UnreadableCommandLine_ExitsWithUsage(string line) =>
        Assert.Equal(ExitCode.Usage, (await RunAsync([.. line.Replace("X", At("ca"), StringComparison.Ordinal).Split(' ')])).Code);

    [Fact]
    public async Task Hub_OfAnotherAuthority_IsNotSpokenTo()
    {
        await OkAsync("identity", "ca", "new", "--ca-folder", At("other"));

        var run = await RunAsync("identity", "whoami", "--hub", Hub(), "--ca", At("other/ca.pem"));

        Assert.Equal(ExitCode.Unreachable, run.Code);
    }

    private string At(string name) => Path.Combine(_folder.Path, name);

    private string Hub() => _hub.GrpcAddress.GetLeftPart(UriPartial.Authority);

    private static Task<CommandRun> RunAsync(params string[] args) => CommandRun.OfAsync([.. args, "--lang", "en"]);

    private static async Task OkAsync(params string[] args)
    {
        var run = await RunAsync(args);
        Assert.True(run.Code == ExitCode.Ok, run.Error);
    }

    private Task<CommandRun> AsAsync(string who, params string[] args) =>
        RunAsync([.. args, "--hub", Hub(), "--ca", At("ca/ca.pem"), "--cert", At(who + ".pem"), "--cert-key", At(who + ".key")]);

    private Task<CommandRun> WithAsync(string token, params string[] args) => RunAsync([.. args, "--hub", Hub(), "--ca", At("ca/ca.pem"), "--token", token]);
}
