using SiOutcomeLab.Cli.Commands;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;

namespace SiOutcomeLab.Cli.Tests.Samples;

/// <summary>What a command line did: exit code and both streams.</summary>
internal sealed record CommandRun(ExitCode Code, string Out, string Error)
{
    public static async Task<CommandRun> OfAsync(params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var terminal = new Terminal(output, error, LanguageWords.Of(args));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(180));
        var code = await CommandTree.RunAsync(args, terminal, TimeProvider.System, limit.Token);
        return new CommandRun((ExitCode)code, output.ToString(), error.ToString());
    }
}
