using System.Security.Cryptography;
using System.Text;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Domain.Benchmarks;

/// <summary>What a benchmark is of: one method and one primary outcome in one project.</summary>
/// <param name="Project">The project; nothing is pooled across two.</param>
/// <param name="Method">The method that the municipalities share.</param>
/// <param name="PeriodLength">The length of the periods that the horizon counts.</param>
/// <param name="Outcome">The measure, horizon and summary.</param>
public sealed record BenchmarkKey(ProjectId Project, string Method, PeriodLength PeriodLength, OutcomeDefinition Outcome)
{
    /// <summary>The resource name of the benchmark that rests on given inputs; the same key and inputs give the same name.</summary>
    /// <param name="inputHash">The inputs, by a hash.</param>
    public string NameOf(string inputHash)
    {
        var text = $"benchmark-v1\n{Canonical}\n{inputHash}\n";
        return "benchmarks/" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..20];
    }

    /// <summary>The key on one line; two keys are the same exactly when these are.</summary>
    public string Canonical => $"{Project}|{PeriodLength}|{Outcome.Measure}|{Outcome.HorizonPeriods}|{Outcome.Summary}|{Method}";
}
