namespace SiOutcomeLab.Benchmarks.Yardsticks;

/// <summary>What another program measured of itself, so that neither its start nor its reading counts.</summary>
/// <param name="Version">Its name and version, and what it rests on.</param>
/// <param name="Seconds">Elapsed seconds of each run.</param>
/// <param name="Values">What it found.</param>
internal sealed record YardstickAnswer(string Version, double[] Seconds, double[] Values)
{
    public double Median => Seconds.Order().ElementAt(Seconds.Length / 2);
}

/// <summary>An answer, or in words why there is none.</summary>
internal sealed record YardstickOutcome(YardstickAnswer? Answer, string? WhyNot);
