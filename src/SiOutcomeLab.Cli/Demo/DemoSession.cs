using SiOutcomeLab.Cli.Demo.Document;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Cli.Demo;

/// <summary>Runs a demo from an empty folder to its last line.</summary>
internal static class DemoSession
{
    /// <summary>Runs the demo in this process.</summary>
    /// <param name="options">How.</param>
    /// <param name="terminal">Results go to its output, progress to its error stream.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops it; with <see cref="DemoOptions.Keep"/> the way to end it well.</param>
    /// <exception cref="CommandException">Something failed, and is told.</exception>
    public static async Task<ExitCode> RunAsync(
        DemoOptions options, Terminal terminal, TimeProvider time, CancellationToken cancellationToken)
    {
        var datasets = options.Datasets ?? Path.Combine(AppContext.BaseDirectory, "datasets");
        using var folder = DemoFolder.Open(options.DataFolder);
        await using var hub = await DemoHub.StartAsync(folder.Path, time, cancellationToken);
        terminal.Note(
            terminal.Pick(
                $"Hubben är igång på {hub.GrpcAddress} (gRPC) och {hub.JsonAddress} (JSON).",
                $"The hub serves at {hub.GrpcAddress} (gRPC) and {hub.JsonAddress} (JSON)."));
        var result = await new DemoRun(hub, datasets, terminal, time).ExecuteAsync(options.Patience, cancellationToken);
        if (options.Json) DemoDocument.Write(terminal.Out, result);
        else DemoReport.Write(terminal, result);
        var code = result.Checks.Passed ? ExitCode.Ok : ExitCode.CheckFailed;
        if (!options.Keep) return code;

        // With JSON the document stands alone on standard output; how to reach the hub is told beside it.
        var token = await hub.GrantAnalystAsync(new OrganisationId(DemoResult.NswOrganisation), cancellationToken);
        await using var pages = await hub.OpenPagesAsync(token, cancellationToken);
        WriteReach(options.Json ? terminal.Error : terminal.Out, terminal, hub, pages.Address, token, result.Story);
        try
        {
            await hub.WaitForShutdownAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            terminal.Note(terminal.Pick("Hubben stoppas.", "The hub stops."));
        }

        return code;
    }

    private static void WriteReach(TextWriter output, Terminal terminal, DemoHub hub, string pages, string token, MethodStory? story)
    {
        output.WriteLine();
        output.WriteLine(terminal.Pick("Hubben är kvar. Ctrl-C stoppar den.", "The hub stays. Ctrl-C stops it."));
        var language = terminal.Pick(string.Empty, "?lang=en");
        output.WriteLine(terminal.Pick("Öppna i en webbläsare på den här datorn, som demons analytiker:", "Open in a browser on this computer, as the demo's analyst:"));
        output.WriteLine($"  {pages}/{language}");
        if (story is not null)
        {
            output.WriteLine($"  {pages}/{story.Benchmark.Name}{language}");
            if (story.First is { } saving) output.WriteLine($"  {pages}/{saving.Costs}{language}");
        }

        output.WriteLine(terminal.Pick("Hubben själv, över TLS:", "The hub itself, over TLS:"));
        output.WriteLine($"  gRPC   {hub.GrpcAddress}");
        output.WriteLine($"  JSON   {hub.JsonAddress}");
        output.WriteLine(terminal.Pick($"  sidor  {hub.JsonAddress}/", $"  pages  {hub.JsonAddress}/?lang=en"));
        output.WriteLine($"  {terminal.Pick("analytikertoken (ett dygn)", "analyst token (one day)")}:");
        output.WriteLine($"         {token}");
        output.WriteLine(terminal.Pick("Prova, utan token (publika undervisningsdata):", "Try, without a token (public teaching data):"));
        output.WriteLine(
            $"  curl -s --cacert {hub.AuthorityPath} -H 'content-type: application/json' -d '{{\"pageSize\":3}}' {hub.JsonAddress}/sioutcomelab.effects.v1.EffectService/ListEffects");
        output.WriteLine(terminal.Pick("Och som analytiker, alla effekter:", "And as an analyst, every effect:"));
        output.WriteLine($"  silab effects list --hub {hub.GrpcAddress} --ca {hub.AuthorityPath} --token {token}");
        output.Flush();
    }
}
