using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using SiOutcomeLab.Cli.Commands;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Tests.Samples;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Cli.Tests.Commands;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("fly")]
    [InlineData("push")]
    [InlineData("push folder --manifest m.json --observations o.parquet")]
    [InlineData("push --manifest m.json")]
    [InlineData("push --participations p.parquet folder")]
    [InlineData("effects list --status maybe")]
    [InlineData("effects show")]
    [InlineData("plans register")]
    [InlineData("hub")]
    [InlineData("hub --data d --grpc-port x")]
    [InlineData("hub --data d --grant 9901:me:king")]
    [InlineData("demo --lang fi")]
    public async Task Run_UnreadableCommandLine_ExitsWithUsage(string line)
    {
        var run = await CommandRun.OfAsync(line.Split(' '));
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    [Theory]
    [InlineData("--help", "Hela kedjan")]
    [InlineData("--lang en --help", "The whole chain")]
    [InlineData("effects list --help --lang en", "--headline")]
    [InlineData("analyse pool --help --lang en", "one row per source.")]
    [InlineData("analyse did --help", "en rad per enhet och period.")]
    [InlineData("analyse match --help", "en rad per person.")]
    public async Task Run_Help_IsInTheLanguageAsked(string line, string expected)
    {
        var run = await CommandRun.OfAsync(line.Split(' '));
        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Contains(expected, run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("push /no/such/folder")]
    [InlineData("push --manifest /no/m.json --observations /no/o.parquet")]
    [InlineData("plans register /no/plans.json")]
    [InlineData("interventions register /no/interventions.json")]
    public async Task Run_MissingFile_SaysWhichAndExitsWithInputUnreadable(string line)
    {
        var run = await CommandRun.OfAsync([.. line.Split(' '), "--lang", "en"]);
        Assert.Equal(ExitCode.InputUnreadable, run.Code);
        Assert.Contains("/no/", run.Error, StringComparison.Ordinal);
        Assert.Contains("→", run.Error, StringComparison.Ordinal);
    }

    // Help tells defaults, and is copied into tickets: a token in the environment must be none.
    [Fact]
    public void Token_OfTheEnvironment_IsNoDefaultThatHelpWouldShow()
    {
        var host = new CommandHost(new Terminal(TextWriter.Null, TextWriter.Null, Language.English), TimeProvider.System);

        Assert.False(host.AddHubOptions(new Command("any")).Token.HasDefaultValue);
    }

    [Fact]
    public async Task Run_NobodyAtTheAddress_ExitsWithUnreachable()
    {
        var run = await CommandRun.OfAsync("effects", "list", "--hub", $"http://127.0.0.1:{FreePort()}", "--lang", "en");
        Assert.Equal(ExitCode.Unreachable, run.Code);
        Assert.Contains("No hub answers", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("hubben")]
    public async Task Run_NoAddress_ExitsWithUsage(string address) =>
        Assert.Equal(ExitCode.Usage, (await CommandRun.OfAsync("effects", "list", "--hub", address)).Code);

    [Fact]
    public async Task Run_TokenOverPlainHttpToAnotherMachine_IsNotSent()
    {
        var run = await CommandRun.OfAsync("effects", "list", "--hub", "http://192.0.2.1:5001", "--token", "secret", "--lang", "en");
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("unencrypted", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_Grant_ReadsOrganisationSubjectAndRoles()
    {
        Assert.True(GrantText.TryParse("0180:system-1:submitter,analyst", out var caller));
        Assert.Equal(new OrganisationId("0180"), caller.Organisation);
        Assert.Equal("system-1", caller.Subject);
        Assert.Equal([Role.Submitter, Role.Analyst], caller.Roles.Order());
    }

    [Theory]
    [InlineData("0180:me")]
    [InlineData("0180::analyst")]
    [InlineData("Å:me:analyst")]
    [InlineData("0180:me:")]
    [InlineData("0180:me:anonymous")]
    [InlineData("0180:me:analyst:more")]
    public void TryParse_BadGrant_IsFalse(string text) => Assert.False(GrantText.TryParse(text, out _));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
