using System.Globalization;
using SiOutcomeLab.Benchmarks;
using SiOutcomeLab.Programme.Coverage;
using SiOutcomeLab.Programme.Nightly;
using SiOutcomeLab.Programme.Reproducing;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// A verb, what it answers, and who answers it.
var verbs = new (string Name, string What, Func<Arguments, CancellationToken, Task<int>> Run)[]
{
    ("coverage", "how often the lab's intervals hold the truth, on small countries whose effects are known", CoverageCommand.RunAsync),
    ("nightly", "what a night costs in which every plan of a national country is due", NightlyCommand.RunAsync),
    ("reproduce", "whether every result of a country is made again byte for byte, whatever has become of its data", ReproduceCommand.RunAsync),
};

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

foreach (var verb in verbs)
{
    if (args.Length > 0 && args[0] == verb.Name) return await verb.Run(Arguments.Parse(args[1..]), stop.Token);
}

Console.Error.WriteLine("Usage: dotnet run -c Release --project tools/SiOutcomeLab.Programme -- VERB [--name value …]");
foreach (var verb in verbs) Console.Error.WriteLine($"  {verb.Name,-10} {verb.What}");
return 2;
