using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace SiOutcomeLab.Benchmarks.Yardsticks;

/// <summary>Runs one of the scripts in this folder, for R or Python. What is not installed is told, not an error.</summary>
internal static class YardstickScript
{
    private const string DebianPython = "/usr/bin/python3";

    // The code by which a script says that a package is missing.
    private const int NotInstalled = 77;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static async Task<YardstickOutcome> RunAsync(string script, string[] arguments, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Limit);
        var start = new ProcessStartInfo(Interpreter(script), [Path.Combine(AppContext.BaseDirectory, "Yardsticks", script), .. arguments]);
        try
        {
            var (exitCode, line) = await ChildProcess.RunAsync(start, limited.Token);
            return exitCode switch
            {
                0 => new YardstickOutcome(JsonSerializer.Deserialize<YardstickAnswer>(line, JsonSerializerOptions.Web), null),
                NotInstalled => new YardstickOutcome(null, "not installed"),
                _ => throw new InvalidOperationException($"{script} failed; its error is above."),
            };
        }
        catch (Win32Exception)
        {
            return new YardstickOutcome(null, "not installed");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new YardstickOutcome(null, $"not done after {Limit.TotalSeconds:F0} s");
        }
    }

    // Debian's packages belong to Debian's Python, which need not be the first on the path.
    private static string Interpreter(string script) =>
        script.EndsWith(".R", StringComparison.Ordinal) ? "Rscript" : File.Exists(DebianPython) ? DebianPython : "python3";
}
