using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using SiOutcomeLab.Cli.Commands;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;

namespace SiOutcomeLab.EndToEnd.Tests;

/// <summary>The command-line program as users run it: a process of its own.</summary>
internal static class Silab
{
    public static string Dll { get; } = Path.Combine(AppContext.BaseDirectory, "silab.dll");

    public static string RepositoryRoot { get; } = typeof(Silab).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    public static string Nsw { get; } = Path.Combine(RepositoryRoot, "datasets", "nsw");

    public static Task<string> OutputOfAsync(params string[] arguments) => Programs.OutputOfAsync("dotnet", [Dll, .. arguments]);

    /// <summary>Runs a command and gives its exit code and all it said.</summary>
    public static async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(Programs.Start("dotnet", [Dll, .. arguments]))!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Cancel.Token), process.StandardError.ReadToEndAsync(Cancel.Token));
        await process.WaitForExitAsync(Cancel.Token).WaitAsync(TimeSpan.FromSeconds(120), Cancel.Token);
        return (process.ExitCode, await output + await error);
    }

    /// <summary>Runs a command in English as the program does, but in the test's own process, which is sooner; its exit code and all it said.</summary>
    public static async Task<(int Code, string Said)> HereAsync(params string[] arguments)
    {
        // A hub that starts, where it should have been refused, is stopped.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel.Token);
        limit.CancelAfter(TimeSpan.FromMinutes(5));
        await using var said = new StringWriter();
        var code = await CommandTree.RunAsync(arguments, new Terminal(said, said, Language.English), TimeProvider.System, limit.Token);
        return (code, said.ToString());
    }

    /// <summary>As <see cref="HereAsync"/>, of a command that must end well; what it said.</summary>
    public static async Task<string> WellAsync(params string[] arguments)
    {
        var (code, said) = await HereAsync(arguments);
        Assert.True(code == 0, $"silab {string.Join(' ', arguments)} ended with {code}: {said}");
        return said;
    }
}

/// <summary><c>silab hub</c> in a process of its own, on free ports.</summary>
internal sealed partial class HubProcess : IAsyncDisposable
{
    private readonly Process _process;

    private HubProcess(Process process, string grpc, string json, string token)
    {
        _process = process;
        Grpc = grpc;
        Json = json;
        Token = token;
    }

    public string Grpc { get; }

    public string Json { get; }

    public string Token { get; }

    /// <summary>Starts a hub and waits until it says where it serves.</summary>
    /// <param name="folder">Its data folder.</param>
    /// <param name="dueSeconds">How often it looks for due runs.</param>
    /// <param name="grpcPort">Where it serves gRPC; 0 for any free port.</param>
    public static async Task<HubProcess> StartAsync(string folder, double dueSeconds, int grpcPort = 0)
    {
        var process = Process.Start(Programs.Start(
            "dotnet",
            Silab.Dll, "hub", "--data", folder, "--grpc-port", grpcPort.ToString(System.Globalization.CultureInfo.InvariantCulture), "--json-port", "0",
            "--due-seconds", dueSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture),
            "--grant", "9901:test:submitter,analyst", "--lang", "en"))!;
        // Nobody reads what it warns of; a full pipe must not hold it up.
        process.BeginErrorReadLine();
        string? grpc = null, json = null, token = null;
        var said = new List<string>();
        while (token is null && await process.StandardOutput.ReadLineAsync(Cancel.Token).AsTask().WaitAsync(TimeSpan.FromSeconds(180), Cancel.Token) is { } line)
        {
            said.Add(line);
            if (line.StartsWith("gRPC", StringComparison.Ordinal)) grpc = Address().Match(line).Value;
            if (line.StartsWith("JSON", StringComparison.Ordinal)) json = Address().Match(line).Value;
            if (TokenText().Match(line) is { Success: true } match) token = match.Value;
        }

        Assert.True(grpc is not null && json is not null && token is not null, $"The hub did not start: {string.Join(' ', said)}");
        return new HubProcess(process, grpc, json, token);
    }

    /// <summary>SIGKILL: nothing of the process gets to tidy up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(Cancel.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex TokenText();
}

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _around = Directory.CreateTempSubdirectory("silab-e2e-");

    public TemporaryFolder() => Path = _around.CreateSubdirectory("folder").FullName;

    /// <summary>The folder; what a program puts beside it goes with it.</summary>
    public string Path { get; }

    public void Dispose() => _around.Delete(recursive: true);
}
