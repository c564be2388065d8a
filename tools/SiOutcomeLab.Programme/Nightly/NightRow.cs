namespace SiOutcomeLab.Programme.Nightly;

/// <summary>What a night took.</summary>
/// <param name="Country">The country.</param>
/// <param name="Runs">Runs.</param>
/// <param name="Succeeded">Those that ended with a result.</param>
/// <param name="Estimated">Those whose headline could be given.</param>
/// <param name="Benchmarks">Benchmarks.</param>
/// <param name="Seconds">Elapsed, from the scheduler's start until nothing was due.</param>
/// <param name="SecondsOfRuns">Elapsed until no run was due; benchmarks came after.</param>
/// <param name="ProcessorSeconds">Processor time.</param>
/// <param name="PeakMegabytes">The process's largest working set.</param>
/// <param name="Readings">How often follow-up was read from the lake.</param>
/// <param name="Stages">Seconds of runs by stage, several of which go on at once.</param>
/// <param name="Calls">The slowest calls to catalogue and lake.</param>
internal sealed record NightRow(
    PreparedCountry Country, int Runs, int Succeeded, int Estimated, int Benchmarks, double Seconds, double SecondsOfRuns, double ProcessorSeconds,
    double PeakMegabytes, int Readings, IReadOnlyList<Part> Stages, IReadOnlyList<Part> Calls);

/// <summary>A part of a night.</summary>
internal sealed record Part(string Name, long Calls, double Seconds);

/// <summary>Reading a whole country's follow-up once, beside a bare scan of the same columns.</summary>
/// <param name="Scan">Processor seconds of the scan, on one thread.</param>
/// <param name="Reading">Processor seconds of the reading, on one thread.</param>
/// <param name="ScanElapsed">Elapsed.</param>
/// <param name="ReadingElapsed">Elapsed.</param>
/// <param name="TwoThreadsElapsed">Elapsed of the reading on two threads, as a hub on two processors reads.</param>
/// <param name="Rows">Rows.</param>
/// <param name="StoreMegabytes">What is kept of them in memory.</param>
internal sealed record ReadingRow(
    double Scan, double Reading, double ScanElapsed, double ReadingElapsed, double TwoThreadsElapsed, long Rows, double StoreMegabytes)
{
    public double Ratio => Reading / Scan;
}
