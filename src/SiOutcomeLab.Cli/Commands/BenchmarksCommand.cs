using System.CommandLine;
using SiOutcomeLab.Cli.Analysing.Options;
using SiOutcomeLab.Cli.Calls;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Pictures;
using SiOutcomeLab.Cli.Showing;
using SiOutcomeLab.Protos.Benchmarks.V1;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab benchmarks list</c> and <c>show</c>.</summary>
internal static class BenchmarksCommand
{
    public static Command Create(CommandHost host) => new("benchmarks", host.T(
        "Läs vad en metod ger sammanvägd över kommuner.", "Read what a method gives, pooled over municipalities."))
    {
        List(host), Show(host),
    };

    private static Command List(CommandHost host)
    {
        var command = new Command("list", host.T("Lista sammanvägningar.", "List benchmarks."));
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        var method = new Option<string?>("--method")
        {
            Description = host.T("Bara en metod, t.ex. ips.", "One method only, e.g. ips."),
            HelpName = "METHOD",
        };
        var measure = new Option<string?>("--measure") { Description = host.T("Bara ett mått.", "One measure only."),
            HelpName = "MEASURE" };
        var horizon = new Option<int>("--horizon")
        {
            Description = host.T("Bara så många perioder efter starten.", "This many periods after the start only."),
            HelpName = "PERIODS",
        };
        foreach (var option in new Option[] { method, measure, horizon }) command.Add(option);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            var filter = new BenchmarkFilter
            {
                Method = parse.GetValue(method) ?? string.Empty,
                Measure = parse.GetValue(measure) ?? string.Empty,
                HorizonPeriods = parse.GetValue(horizon),
            };
            using var connection = hub.Connect(parse);
            var benchmarks = connection.BenchmarksAsync(filter, cancellationToken);
            if (parse.GetValue(json))
            {
                await ProtoJson.WriteArrayAsync(host.Terminal.Out, benchmarks, cancellationToken);
                return ExitCode.Ok;
            }

            var all = await benchmarks.ToListAsync(cancellationToken);
            if (all.Count == 0)
            {
                host.Terminal.Line(host.T("Inga sammanvägningar bland dem du får se.", "No benchmarks among those you may see."));
            }
            else BenchmarkTable.Write(host.Terminal, all);
            return ExitCode.Ok;
        });
    }

    private static Command Show(CommandHost host)
    {
        var command = new Command("show", host.T(
            "Visa en sammanvägning hel: medel, väntat intervall, kommunerna, vad det hänger på.",
            "Show one benchmark whole: mean, expected interval, municipalities, what it hangs on."));
        var name = new Argument<string>("name")
        {
            Description = host.T("Sammanvägningens namn, benchmarks/…", "The benchmark's name, benchmarks/…"),
        };
        command.Add(name);
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        var plot = new Option<string?>("--plot")
        {
            Description = host.T(
                "Rita kommunerna och medlet (forest plot) till en SVG-fil.",
                "Draw the municipalities and their mean (forest plot) to an SVG file."),
            HelpName = "FILE.svg",
        };
        command.Add(plot);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var request = new GetBenchmarkRequest { Name = ResourceNames.In("benchmarks", parse.GetRequiredValue(name)) };
            var benchmark = (await connection.Benchmarks.GetBenchmarkAsync(request, connection.Options(cancellationToken))).Benchmark;
            if (parse.GetValue(json)) ProtoJson.WriteOne(host.Terminal.Out, benchmark);
            else BenchmarkSheet.Write(host.Terminal, benchmark);
            await PlotOptions.WriteAsync(
                host, parse.GetValue(plot), () => BenchmarkForest.Draw(benchmark, host.Terminal.Language), cancellationToken);
            return ExitCode.Ok;
        });
    }
}
