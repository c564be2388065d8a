using System.Diagnostics;

namespace SiOutcomeLab.Benchmarks;

/// <summary>A program that answers with one line of JSON, its last, and ends.</summary>
internal static class ChildProcess
{
    /// <summary>Its exit code and last line; errors go where ours go. Whatever ends the wait ends the program and what it started.</summary>
    public static async Task<(int ExitCode, string LastLine)> RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, output.TrimEnd().Split('\n')[^1]);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
