using System.Text.Json;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Contract.Tests.Building;

/// <summary>A submission as it lies in a folder of <c>datasets</c>.</summary>
internal static class ShippedSubmission
{
    public static SubmissionManifest Manifest(string folder)
    {
        var reading = SubmissionManifest.Read(File.ReadAllBytes(Path.Combine(folder, "manifest.json")));
        Assert.Empty(reading.Findings);
        return reading.Manifest!;
    }

    public static IReadOnlyList<EvaluationPlan> Plans(string folder) =>
        JsonSerializer.Deserialize<EvaluationPlan[]>(File.ReadAllText(Path.Combine(folder, "plans.json")), DomainJson.Options)!;

    public static IReadOnlyList<Intervention> Interventions(string folder) =>
        JsonSerializer.Deserialize<Intervention[]>(File.ReadAllText(Path.Combine(folder, "interventions.json")), DomainJson.Options)!;

    public static async Task<CheckResult> CheckAsync(string folder)
    {
        var manifest = Manifest(folder);
        using var observations = File.OpenRead(Path.Combine(folder, "observations.parquet"));
        using var participations = File.OpenRead(Path.Combine(folder, "participations.parquet"));
        var registered = Interventions(folder).Select(i => i.Code).ToHashSet();
        var context = new CheckContext(manifest.Organisation, registered);
        return await SubmissionChecker.CheckAsync(manifest, observations, participations, context, TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }
}
