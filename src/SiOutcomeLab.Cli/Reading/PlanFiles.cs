using System.Text.Json;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Cli.Reading;

/// <summary>Reads plans and interventions from JSON files: one of them, or an array.</summary>
internal static class PlanFiles
{
    private static readonly JsonSerializerOptions Options = new(DomainJson.Options)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    /// <exception cref="CommandException">The file is missing or not plans.</exception>
    public static async Task<IReadOnlyList<EvaluationPlan>> ReadPlansAsync(string path, CancellationToken cancellationToken)
    {
        var plans = await ReadAsync<EvaluationPlan>(path, "plans", cancellationToken);
        for (var i = 0; i < plans.Count; i++) RequireWhole(path, i, Missing(plans[i]));
        return plans;
    }

    /// <summary>Plans that need not be whole: only what they are called and whose they are.</summary>
    /// <exception cref="CommandException">The file is missing or not plans.</exception>
    public static async Task<IReadOnlyList<EvaluationPlan>> ReadDraftsAsync(string path, CancellationToken cancellationToken)
    {
        var plans = await ReadAsync<EvaluationPlan>(path, "plans", cancellationToken);
        for (var i = 0; i < plans.Count; i++) RequireWhole(path, i, Missing(plans[i]).Where(name => name is "Id" or "Organisation"));
        return plans;
    }

    /// <exception cref="CommandException">The file is missing or not interventions.</exception>
    public static async Task<IReadOnlyList<Intervention>> ReadInterventionsAsync(string path, CancellationToken cancellationToken)
    {
        var interventions = await ReadAsync<Intervention>(path, "interventions", cancellationToken);
        for (var i = 0; i < interventions.Count; i++) RequireWhole(path, i, Missing(interventions[i]));
        return interventions;
    }

    private static async Task<IReadOnlyList<T>> ReadAsync<T>(string path, string what, CancellationToken cancellationToken)
        where T : class
    {
        if (!File.Exists(path)) throw Unreadable(path, what, "…");
        try
        {
            var text = (await File.ReadAllTextAsync(path, cancellationToken)).TrimStart();
            var items = text.StartsWith('[')
                ? JsonSerializer.Deserialize<T[]>(text, Options)
                : [JsonSerializer.Deserialize<T>(text, Options)!];
            return items is { Length: > 0 } && Array.TrueForAll(items, i => i is not null)
                ? items
                : throw Unreadable(path, what, "the file is empty.");
        }
        catch (Exception e) when (e is JsonException or ArgumentException or NotSupportedException or InvalidOperationException)
        {
            throw Unreadable(path, what, e.Message);
        }
    }

    private static IEnumerable<string> Missing(EvaluationPlan plan)
    {
        if (plan.Id is null) yield return "Id";
        if (plan.Organisation.Code is null) yield return "Organisation";
        if (plan.Project.Code is null) yield return "Project";
        if (plan.Intervention.Code is null) yield return "Intervention";
        if (plan.Title is not { Sv: not null, En: not null }) yield return "Title";
        if (plan.FirstIndex == default) yield return "FirstIndex";
        if (plan.LastIndex == default) yield return "LastIndex";
        if (plan.TargetGroup is null || plan.TargetGroup.Any(c => c?.Variable is null)) yield return "TargetGroup";
        if (plan.Primary?.Measure.Code is null) yield return "Primary";
        if (plan.Covariates is null || plan.Covariates.Any(c => c?.Variable is null)) yield return "Covariates";
        if (plan.Balancing is null) yield return "Balancing";
        if (plan.Sensitivity is null) yield return "Sensitivity";
    }

    private static IEnumerable<string> Missing(Intervention intervention)
    {
        if (intervention.Organisation.Code is null) yield return "Organisation";
        if (intervention.Code.Code is null) yield return "Code";
        if (intervention.Method is null) yield return "Method";
        if (intervention.Name is not { Sv: not null, En: not null }) yield return "Name";
    }

    private static void RequireWhole(string path, int index, IEnumerable<string> missing)
    {
        var names = string.Join(", ", missing);
        if (names.Length == 0) return;
        throw new CommandException(
            ExitCode.InputUnreadable,
            new($"{path}: nummer {index + 1} saknar {names}.", $"{path}: number {index + 1} lacks {names}."),
            new("Fyll i det som saknas; datasets/nsw har ett exempel.", "Add what is missing; datasets/nsw has an example."));
    }

    private static CommandException Unreadable(string path, string what, string detail) => new(
        ExitCode.InputUnreadable,
        File.Exists(path)
            ? new($"{path} kan inte läsas som {(what == "plans" ? "planer" : "insatser")}.", $"{path} cannot be read as {what}.")
            : new($"Filen {path} finns inte.", $"There is no file {path}."),
        new("Ge en JSON-fil i samma form som i datasets/nsw.", "Give a JSON file of the same form as in datasets/nsw."),
        File.Exists(path) ? [detail] : []);
}
