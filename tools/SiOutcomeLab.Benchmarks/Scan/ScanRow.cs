namespace SiOutcomeLab.Benchmarks.Scan;

/// <summary>Medians of both sides on one file.</summary>
internal sealed record ScanRow(
    string File, double Megabytes, long Rows, bool Agrees, ScanSide Ours, ScanSide DuckDb)
{
    /// <summary>How many times as many rows a CPU second scans here as in DuckDB: median of the rounds' own ratios.</summary>
    public required double CpuRatio { get; init; }

    public required double WallRatio { get; init; }

    public static ScanRow Of(string file, long bytes, List<ScanReply> ours, List<ScanReply> theirs) => new(
        file, bytes / 1e6, ours[0].Sums.Rows, ours.Zip(theirs).All(pair => pair.First.Sums.Agrees(pair.Second.Sums)),
        ScanSide.Of(ours), ScanSide.Of(theirs))
    {
        CpuRatio = Median(ours.Zip(theirs).Select(pair => pair.Second.CpuSeconds / pair.First.CpuSeconds)),
        WallRatio = Median(ours.Zip(theirs).Select(pair => pair.Second.WallSeconds / pair.First.WallSeconds)),
    };

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}

/// <summary>Medians of one side.</summary>
internal sealed record ScanSide(double WallSeconds, double CpuSeconds, double LeastCpuSeconds, double PeakMegabytes)
{
    public static ScanSide Of(List<ScanReply> replies) => new(
        ScanRow.Median(replies.Select(reply => reply.WallSeconds)),
        ScanRow.Median(replies.Select(reply => reply.CpuSeconds)),
        replies.Min(reply => reply.CpuSeconds),
        replies.Max(reply => reply.PeakMegabytes));
}
