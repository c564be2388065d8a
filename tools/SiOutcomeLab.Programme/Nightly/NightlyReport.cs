using System.Text;
using SiOutcomeLab.Benchmarks;

namespace SiOutcomeLab.Programme.Nightly;

/// <summary>The nights as people read them.</summary>
internal static class NightlyReport
{
    private const double MostReading = 1.5;
    private const double MostDoubling = 2.2;

    public static string Markdown(Machine machine, long memory, int threads, IReadOnlyList<NightRow> nights, IReadOnlyList<ReadingRow> readings)
    {
        var text = new StringBuilder();
        text.AppendLine(
            $"""
            # A night in which every plan of a national country is due
            {KeptResults.On(machine)}. Follow-up may take {memory >> 20} MB and is read by {threads} threads.

            The hub's own scheduler (Quartz on SQLite), catalogue, lake and pipelines, on a country that has delivered quarter by quarter; the
            plans' comparison persons are of: {nights[0].Country.Pool}. Runs, and then benchmarks, until nothing is due.

            | | {string.Join(" | ", nights.Select(n => $"{n.Country.Scale:P0} of the country"))} |
            |---|{string.Concat(nights.Select(_ => "---|"))}
            """);
        Line("persons", n => $"{n.Country.Persons:N0}");
        Line("deliveries, rows", n => $"{n.Country.Deliveries:N0}, {n.Country.Rows:N0}");
        Line("plans, looks", n => $"{n.Country.Plans:N0}, {n.Country.Looks:N0}");
        Line("runs, succeeded, with a headline", n => $"{n.Runs:N0}, {n.Succeeded:N0}, {n.Estimated:N0}");
        Line("benchmarks", n => $"{n.Benchmarks}");
        Line("elapsed seconds, of them until the last run", n => $"{n.Seconds:F1}, {n.SecondsOfRuns:F1}");
        Line("processor seconds", n => $"{n.ProcessorSeconds:F1}");
        Line("largest memory, MB", n => $"{n.PeakMegabytes:F0}");
        Line("readings of the lake", n => $"{n.Readings}");
        text.Append("| reading beside a bare scan, one thread, processor seconds | ")
            .AppendLine(string.Join(" | ", readings.Select(r => $"{r.Reading:F2} / {r.Scan:F2} = {r.Ratio:F2} {Mark(r.Ratio <= MostReading)}")) + " |");
        text.Append("| reading on two threads beside a bare scan on one, elapsed seconds | ")
            .AppendLine(string.Join(" | ", readings.Select(r => $"{r.TwoThreadsElapsed:F2} / {r.ScanElapsed:F2} = {r.TwoThreadsElapsed / r.ScanElapsed:F2}")) + " |");
        foreach (var stage in nights.SelectMany(n => n.Stages).Select(s => s.Name).Distinct())
        {
            Line($"stage {stage}, seconds of runs", n => $"{n.Stages.FirstOrDefault(s => s.Name == stage)?.Seconds ?? 0:F1}");
        }

        text.AppendLine();
        for (var i = 1; i < nights.Count; i++)
        {
            var (larger, smaller) = (nights[i], nights[i - 1]);
            var size = larger.Country.Persons / (double)smaller.Country.Persons;
            var (elapsed, processor) = (larger.Seconds / smaller.Seconds, larger.ProcessorSeconds / smaller.ProcessorSeconds);
            text.AppendLine(
                $"{smaller.Country.Scale:P0} → {larger.Country.Scale:P0} ({size:F2} times the persons, "
                + $"{larger.Country.Plans / (double)smaller.Country.Plans:F2} times the plans): {elapsed:F2} times the elapsed time, {processor:F2} times "
                + $"the processor time {Mark(elapsed <= MostDoubling)}  ");
        }

        text.AppendLine();
        text.AppendLine("The slowest calls to catalogue and lake (calls, summed seconds of those who waited), in the largest country:").AppendLine();
        foreach (var call in nights[^1].Calls) text.AppendLine($"- {call.Name}: {call.Calls:N0}, {call.Seconds:F1} s");
        text.AppendLine().AppendLine($"✓: reading within {MostReading} of a bare scan; doubling within {MostDoubling} times the elapsed time.");
        return text.ToString();

        void Line(string name, Func<NightRow, string> of) => text.AppendLine($"| {name} | {string.Join(" | ", nights.Select(of))} |");
    }

    private static string Mark(bool isMet) => isMet ? "✓" : "✗";
}
