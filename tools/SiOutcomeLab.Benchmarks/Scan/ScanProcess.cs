using System.Diagnostics;
using System.Text.Json;

namespace SiOutcomeLab.Benchmarks.Scan;

/// <summary>One side of the comparison: a process that scans when it is told to, so that both sides can take turns.</summary>
internal sealed class ScanProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;

    private ScanProcess(Process process) => _process = process;

    public static ScanProcess StartOurs(string file, int batchRows)
    {
        var self = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is unknown.");
        string[] under = Path.GetFileNameWithoutExtension(self) == "dotnet" ? [typeof(ScanProcess).Assembly.Location] : [];
        return Start(self, [.. under, "scan", "--role", "ours", "--file", file, "--batch", $"{batchRows}"]);
    }

    public static ScanProcess StartDuckDb(string script, string file, int threads) => Start("node", [script, "scan", file, $"{threads}"]);

    public async Task<ScanReply> ScanAsync(CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync("go".AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        var line = await _process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(Patience, cancellationToken)
            ?? throw new InvalidOperationException($"{_process.StartInfo.FileName} ended; its error is above.");
        return JsonSerializer.Deserialize<ScanReply>(line, JsonSerializerOptions.Web)
            ?? throw new InvalidDataException($"{_process.StartInfo.FileName} answered nothing.");
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

    private static ScanProcess Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        return new ScanProcess(Process.Start(start)!);
    }
}
