using System.Text.Json;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Tests.Samples;

namespace SiOutcomeLab.Cli.Tests.Analysing;

/// <summary>One run of <c>silab analyse … --json</c> in this process, its answer parsed.</summary>
internal sealed class AnalyseRun
{
    private AnalyseRun(CommandRun run)
    {
        (Code, Error) = (run.Code, run.Error);
        Json = JsonDocument.Parse(run.Out).RootElement;
        Estimates = Json.GetProperty("estimates").EnumerateArray().ToDictionary(line => line.GetProperty("name").GetString()!, StringComparer.Ordinal);
    }

    public ExitCode Code { get; }

    public string Error { get; }

    public JsonElement Json { get; }

    public IReadOnlyDictionary<string, JsonElement> Estimates { get; }

    public JsonElement First => Json.GetProperty("estimates")[0];

    public static async Task<AnalyseRun> OfAsync(params string[] args) => new(await CommandRun.OfAsync(["analyse", .. args, "--json"]));

    /// <summary>A command line as it would be typed, split at blanks.</summary>
    public static Task<AnalyseRun> OfLineAsync(string line) => OfAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public double Number(string estimate, string property = "estimate") => Estimates[estimate].GetProperty(property).GetDouble();

    public double Diagnostic(string name) => Json.GetProperty("diagnostics").GetProperty(name).GetDouble();

    /// <summary>A file of the reference data.</summary>
    public static string Data(string name) => Path.Combine(AppContext.BaseDirectory, "reference", name);
}
