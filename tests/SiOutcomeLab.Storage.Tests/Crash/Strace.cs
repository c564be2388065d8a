using System.Diagnostics;
using System.Text.RegularExpressions;

namespace SiOutcomeLab.Storage.Tests.Crash;

/// <summary>
/// The flushes and the writes to standard output of a process, in the order in which the kernel finished them, by <c>strace</c>.
/// </summary>
internal static partial class Strace
{
    /// <param name="command">The program and its arguments; it must end by itself.</param>
    /// <param name="traceFile">Where strace writes.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>One entry per finished call: <c>sync PATH</c> or <c>said TEXT</c>.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(string[] command, string traceFile, CancellationToken cancellationToken)
    {
        string[] arguments = ["-f", "-y", "-s", "200", "-e", "trace=fsync,fdatasync,write", "-o", traceFile, .. command];
        using var process = Start(arguments);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0) Require($"strace could not follow a process here: {(await error).Trim()}");
        return Read(await File.ReadAllLinesAsync(traceFile, cancellationToken));
    }

    private static Process Start(string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("strace", arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Require("strace is not installed (Debian package strace).");
            throw;
        }
    }

    private static void Require(string missing)
    {
        var all = string.Equals(Environment.GetEnvironmentVariable("SILAB_REQUIRE"), "all", StringComparison.Ordinal);
        Assert.False(all, $"SILAB_REQUIRE=all, but {missing}");
        Assert.Skip(missing);
    }

    private static List<string> Read(IEnumerable<string> lines)
    {
        List<string> events = [];
        Dictionary<string, string> begun = [];
        foreach (var line in lines)
        {
            var call = Call().Match(line);
            if (call.Success)
            {
                var what = call.Groups["name"].Value == "write"
                    ? "said " + call.Groups["text"].Value.Replace("\\n", string.Empty, StringComparison.Ordinal)
                    : "sync " + call.Groups["path"].Value;
                if (line.EndsWith("<unfinished ...>", StringComparison.Ordinal))
                {
                    begun[call.Groups["thread"].Value] = what;
                }
                else
                {
                    events.Add(what);
                }
            }
            else if (Resumed().Match(line) is { Success: true } resumed && begun.Remove(resumed.Groups["thread"].Value, out var what))
            {
                events.Add(what);
            }
        }

        return events;
    }

    [GeneratedRegex("""^(?<thread>\d+) +(?<name>fsync|fdatasync|write)\(\d+<(?<path>[^>]*)>(, "(?<text>[^"]*)")?""")]
    private static partial Regex Call();

    [GeneratedRegex("""^(?<thread>\d+) +<\.\.\. (fsync|fdatasync|write) resumed>""")]
    private static partial Regex Resumed();
}
