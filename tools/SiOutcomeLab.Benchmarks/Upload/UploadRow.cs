namespace SiOutcomeLab.Benchmarks.Upload;

/// <summary>All rounds at one size of chunk.</summary>
internal sealed record UploadRow(int ChunkKib)
{
    public List<UploadRound> Rounds { get; } = [];

    public double Median(Func<UploadRound, double> figure)
    {
        var sorted = Rounds.Select(figure).Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    public string Line() =>
        $"  {ChunkKib} KiB: hub {Median(r => r.Hub.Seconds):F2} s, plain {Median(r => r.Plain.Seconds):F2}, echo {Median(r => r.Echo.Seconds):F2}; "
        + $"ratio {Median(r => r.Plain.Seconds / r.Hub.Seconds):F2}, by CPU {Median(r => r.Plain.Cpu / r.Hub.Cpu):F2}";
}

/// <summary>One round: the three in turn.</summary>
internal sealed record UploadRound(UploadTime Hub, UploadTime Plain, UploadTime Echo);

/// <summary>What one transfer took.</summary>
/// <param name="Seconds">From the first message to the answer.</param>
/// <param name="Cpu">Processor seconds of sender and server together, which other work on the machine disturbs least.</param>
internal sealed record UploadTime(double Seconds, double Cpu)
{
    public static async Task<UploadTime> OfAsync(Func<Task<double>> transfer)
    {
        var before = Environment.CpuUsage.TotalTime;
        var seconds = await transfer();
        return new UploadTime(seconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }
}
