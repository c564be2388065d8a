using System.Diagnostics;
using System.Text.Json;

namespace SiOutcomeLab.Benchmarks.Rpc;

/// <summary>This tool again, as a server or client process that is spoken to line by line. It ends when its input closes.</summary>
internal sealed class Worker : IAsyncDisposable
{
    public const string Ours = "ours";
    public const string Bare = "bare";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _name;

    private Worker(Process process, string name)
    {
        _process = process;
        _name = name;
    }

    /// <summary>The first line it says: a server's address.</summary>
    public string Greeting { get; private set; } = "";

    public static async Task<Worker> StartAsync(string role, string stack, CancellationToken cancellationToken)
    {
        var self = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is unknown.");
        var start = new ProcessStartInfo(self) { RedirectStandardInput = true, RedirectStandardOutput = true };
        // Under "dotnet tool.dll" the program is dotnet, and the tool its first argument.
        if (Path.GetFileNameWithoutExtension(self) == "dotnet") start.ArgumentList.Add(typeof(Worker).Assembly.Location);
        foreach (var argument in new[] { "rpc", "--role", role, "--stack", stack }) start.ArgumentList.Add(argument);
        var worker = new Worker(Process.Start(start)!, $"{stack} {role}");
        try
        {
            worker.Greeting = await worker.ReadAsync<string>(cancellationToken);
            return worker;
        }
        catch
        {
            await worker.DisposeAsync();
            throw;
        }
    }

    public async Task<T> AskAsync<T>(object question, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(question).AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        return await ReadAsync<T>(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await _process.WaitForExitAsync(soon.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private async Task<T> ReadAsync<T>(CancellationToken cancellationToken)
    {
        var line = await _process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(Patience, cancellationToken);
        return line is null
            ? throw new InvalidOperationException($"The {_name} process ended; its error is above.")
            : JsonSerializer.Deserialize<T>(line) ?? throw new InvalidDataException($"The {_name} process answered nothing.");
    }
}
