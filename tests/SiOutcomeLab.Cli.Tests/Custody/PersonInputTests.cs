using SiOutcomeLab.Cli.Commands;
using SiOutcomeLab.Cli.Custody;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Tests.Samples;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Cli.Tests.Custody;

public sealed class PersonInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _said = new();

    public void Dispose()
    {
        _folder.Dispose();
        _said.Dispose();
    }

    [Theory]
    [InlineData("196408233234")]
    [InlineData("19640823-3234")]
    public void Read_WholeNumber_GivesItsPseudonymAndSaysNothingOfIt(string number)
    {
        var (project, pseudonym) = Read(number);

        Assert.Equal("prov", project.Code);
        Assert.Matches("^[0-9a-f]{64}$", pseudonym);
        Assert.Equal(Read("196408233234").Pseudonym, pseudonym);
        Assert.DoesNotContain("3234", _said.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("640823-3234")]
    [InlineData("6408233234")]
    [InlineData("640823+3234")]
    [InlineData("196408233235")]
    [InlineData("")]
    public void Read_AnythingElse_IsRefusedSinceTheCenturyMustNotBeGuessed(string number)
    {
        var refused = Assert.Throws<CommandException>(() => Read(number));

        Assert.Equal(ExitCode.InputUnreadable, refused.Failure.Code);
    }

    private (ProjectId Project, string Pseudonym) Read(string number)
    {
        var path = Path.Combine(_folder.Path, "prov.key.json");
        if (!File.Exists(path)) ProjectKeyFile.WriteNew(path, ProjectKey.Create(new ProjectId("prov"), default));
        var host = new CommandHost(new Terminal(_said, _said, Language.Swedish), TimeProvider.System);
        return PersonInput.Read(host, path, new StringReader(number + "\n"));
    }
}
