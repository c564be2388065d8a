using SiOutcomeLab.Benchmarks.Yardsticks;

namespace SiOutcomeLab.Benchmarks.Engine;

/// <summary>Another program that does a row's work on the same data in the same run.</summary>
/// <param name="Name">As people know it.</param>
/// <param name="Run">Does the work and measures itself.</param>
/// <param name="Difference">How far its values are from ours; null where they are not comparable.</param>
/// <param name="Tolerance">What the difference may be.</param>
/// <param name="Remark">What a reader must know of the values or the time.</param>
internal sealed record Yardstick(
    string Name, Func<CancellationToken, Task<YardstickOutcome>> Run, Func<double[], double>? Difference, double Tolerance, string Remark)
{
    public static Yardstick Of(
        string name, string script, string file, int runs, string[] more, Func<double[], double>? difference, double tolerance,
        string remark) =>
        new(name, token => YardstickScript.RunAsync(script, [file, $"{runs}", .. more], token), difference, tolerance, remark);
}

/// <summary>What came of it, beside our own time for the same work.</summary>
internal sealed record YardstickResult(
    string Work, string Name, double Ours, YardstickAnswer? Answer, string? WhyNot, double? Difference, double Tolerance, string Remark)
{
    public double? Speedup => Answer?.Median / Ours;

    public bool Disagrees => Difference > Tolerance;
}
