using System.Text.Json.Serialization;

namespace SiOutcomeLab.Benchmarks.Scan;

/// <summary>One scan by one side.</summary>
/// <param name="WallSeconds">From the question to the sums.</param>
/// <param name="CpuSeconds">User and system time of all threads of the process.</param>
/// <param name="PeakMegabytes">Largest resident set of the process so far.</param>
/// <param name="Sums">What it found.</param>
internal sealed record ScanReply(
    [property: JsonPropertyName("wall")] double WallSeconds,
    [property: JsonPropertyName("cpu")] double CpuSeconds,
    [property: JsonPropertyName("rss")] double PeakMegabytes,
    [property: JsonPropertyName("sums")] ScanSums Sums);
