using System.Globalization;
using SiOutcomeLab.Simulation.Running;
using SiOutcomeLab.Simulation.Scenarios;

// silab-simulation [--replicates 5000] [--threads 2] [--seed 20261122] [--only SCENARIO;SCENARIO…] [--out FOLDER]
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var options = StudyOptions.Parse(args);
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

var results = new List<ScenarioResult>();
foreach (var scenario in AllScenarios.List.Where(s => options.Only is null || options.Only.Contains(s.Name)))
{
    foreach (var isNull in new[] { false, true })
    {
        results.Add(Study.Run(scenario, isNull, options.Replicates, options.Seed, options.Threads, stop.Token));
        Console.WriteLine(StudyReport.Line(results[^1]));
    }
}

if (results.Count == 0)
{
    Console.Error.WriteLine($"There is no scenario of that name. There are: {string.Join("; ", AllScenarios.List.Select(s => s.Name))}.");
    return 2;
}

Directory.CreateDirectory(options.Out);
var path = Path.Combine(options.Out, $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}-simulation");
await File.WriteAllTextAsync(path + ".md", StudyReport.Markdown(results, options), stop.Token);
await File.WriteAllTextAsync(path + ".csv", StudyReport.Csv(results), stop.Token);
Console.WriteLine($"Written to {path}.md and .csv");
return 0;
