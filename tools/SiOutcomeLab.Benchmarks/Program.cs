using SiOutcomeLab.Benchmarks;
using SiOutcomeLab.Benchmarks.Cohorts;
using SiOutcomeLab.Benchmarks.Engine;
using SiOutcomeLab.Benchmarks.Intake;
using SiOutcomeLab.Benchmarks.Matching;
using SiOutcomeLab.Benchmarks.Query;
using SiOutcomeLab.Benchmarks.Rpc;
using SiOutcomeLab.Benchmarks.Scan;
using SiOutcomeLab.Benchmarks.Sharing;
using SiOutcomeLab.Benchmarks.Upload;

// A verb, what it measures, and who measures it.
var verbs = new (string Name, string What, Func<Arguments, CancellationToken, Task<int>> Run)[]
{
    ("cohort", "reading a project's follow-up beside a bare scan, and building trials from it", CohortBenchmark.RunAsync),
    ("engine", "the statistics engine at a country's size beside R, scikit-learn and XGBoost", EngineBenchmark.RunAsync),
    ("intake", "checking and rewriting a contract file beside DuckDB", IntakeBenchmark.RunAsync),
    ("match", "logistic regression and 1:1 matching beside R's glm on the same data", MatchBenchmark.RunAsync),
    ("query", "reads of a hub over 32 connections beside an empty call", QueryBenchmark.RunAsync),
    ("rpc", "our gRPC server and client beside a bare Kestrel and HttpClient", RpcBenchmark.RunAsync),
    ("scan", "our Parquet reader beside DuckDB on a file that DuckDB made", ScanBenchmark.RunAsync),
    ("sharing", "runs a second of one, two and three hub processes on one catalogue", SharingBenchmark.RunAsync),
    ("upload", "a file into a hub beside plain chunk streaming", UploadBenchmark.RunAsync),
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

Console.Error.WriteLine("Usage: dotnet run -c Release --project tools/SiOutcomeLab.Benchmarks -- VERB [--name value …]");
foreach (var verb in verbs) Console.Error.WriteLine($"  {verb.Name,-8} {verb.What}");
return 2;
