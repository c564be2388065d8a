namespace SiOutcomeLab.Benchmarks.Engine;

/// <summary>One piece of work: whose time it is held against, and the value that must come out before the time counts.</summary>
/// <param name="Work">What is done.</param>
/// <param name="Anchor">Whose time, with version.</param>
/// <param name="AnchorSeconds">As measured on the machine where R's glm took <see cref="EngineBenchmark.AnchorGlm"/> seconds.</param>
/// <param name="Bar">Seconds that must not be exceeded.</param>
/// <param name="Goal">Seconds to go for.</param>
/// <param name="Expected">The anchor's value on the same data.</param>
/// <param name="Tolerance">Relative; the reason stands where the row is made.</param>
/// <param name="Run">Does the work and gives the value.</param>
internal sealed record EngineRow(
    string Work, string Anchor, double AnchorSeconds, double Bar, double Goal, double Expected, double Tolerance, Func<double> Run)
{
    /// <summary>Who does the same work here and now, where it can be installed.</summary>
    public IReadOnlyList<Yardstick> Yardsticks { get; init; } = [];
}

/// <summary>What came out.</summary>
internal sealed record EngineResult(
    string Work, string Anchor, double AnchorSeconds, double ScaledAnchor, double Bar, double Goal, double Expected, double Value,
    bool Agrees, Timing Timing, double AllocatedMegabytes)
{
    public double Speedup => ScaledAnchor / Timing.Median;

    public string Verdict => !Agrees ? "WRONG VALUE" : Timing.Median <= Goal ? "goal" : Timing.Median <= Bar ? "bar" : "NOT met";
}
