using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SiOutcomeLab.Benchmarks;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Programme.Lab;

namespace SiOutcomeLab.Programme.Reproducing;

/// <summary>
/// Makes every result of a small country again, each time in processes that start afresh: by one and by two processors, by one process and
/// by two at once; as published, after data have been replaced and taken back, and after a person has been erased.
/// </summary>
internal static class ReproduceCommand
{
    public static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Text("part", "all") != "all")
        {
            Console.WriteLine(JsonSerializer.Serialize(
                await AgainAsync(arguments.Text("folder", "."), arguments.Number("threads", 1), cancellationToken)));
            return 0;
        }

        var folder = Directory.CreateTempSubdirectory("silab-reproduce-");
        try
        {
            await using var schema = arguments.Text("postgres", "") is { Length: > 0 } server
                ? await OwnSchema.MakeAsync(server, folder.FullName, cancellationToken)
                : null;
            var country = new PublishedCountry(folder.FullName, (ulong)arguments.Number("seed", 20261122));
            Console.WriteLine($"{await country.PublishAsync(cancellationToken)} runs of {PublishedCountry.Municipalities} municipalities' plans.");
            var isWell = await TellAsync("as published", folder.FullName, null, cancellationToken);
            await country.ChangeAsync(cancellationToken);
            isWell &= await TellAsync("after replacing and taking back", folder.FullName, null, cancellationToken);
            var erased = await country.EraseAsync(cancellationToken);
            isWell &= await TellAsync("after an erasure", folder.FullName, erased.Code, cancellationToken);
            return isWell ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Every result must be identical, but those of the municipality that erased: they must say so, and when.
    private static async Task<bool> TellAsync(string when, string folder, string? erased, CancellationToken cancellationToken)
    {
        var isWell = true;
        foreach (var processors in new[] { 1, 2 })
        {
            var alone = await AskAsync(folder, processors, cancellationToken);
            var together = await Task.WhenAll(AskAsync(folder, processors, cancellationToken), AskAsync(folder, processors, cancellationToken));
            foreach (var (who, answers) in new[] { ("one process", alone), ("the first of two", together[0]), ("the second of two", together[1]) })
            {
                var wrong = answers.Count(a => !IsAsItShould(a, erased));
                isWell &= wrong == 0 && answers.Count > 0;
                var told = string.Join(", ", answers.GroupBy(a => a.Verdict).OrderBy(g => g.Key).Select(g => $"{g.Count()} {g.Key}"));
                Console.WriteLine($"{when}, {processors} processors, {who}: {told}{(wrong > 0 ? $"; {wrong} not as they should be" : string.Empty)}");
            }
        }

        return isWell;
    }

    private static bool IsAsItShould(Answer answer, string? erased) => answer.Organisation == erased
        ? answer.Verdict == ReproductionVerdict.RowsErased && DateOnly.FromDateTime(answer.ErasedAt!.Value.UtcDateTime) == PublishedCountry.ErasedOn
        : answer.Verdict == ReproductionVerdict.Identical;

    private static async Task<IReadOnlyList<Answer>> AgainAsync(string folder, int threads, CancellationToken cancellationToken)
    {
        await using var lab = await PublishedCountry.OpenAsync(folder, threads, cancellationToken);
        var answers = new List<Answer>();
        foreach (var run in await lab.Catalogue.Runs.ListAsync(null, null, null, 500, cancellationToken))
        {
            if (run.State != RunState.Succeeded) continue;
            var answer = await lab.Reproduction.ReproduceAsync(run.Id, cancellationToken)
                ?? throw new InvalidOperationException($"Run {run.Id} has no answer.");
            answers.Add(new Answer(run.Organisation.Code, run.Id, answer.Verdict, answer.ErasedAt));
        }

        return answers;
    }

    private static async Task<IReadOnlyList<Answer>> AskAsync(string folder, int processors, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!);
        foreach (var argument in new[] { "reproduce", "--part", "again", "--folder", folder, "--threads", $"{processors}" }) start.ArgumentList.Add(argument);
        start.Environment["DOTNET_PROCESSOR_COUNT"] = processors.ToString(CultureInfo.InvariantCulture);
        var (exitCode, line) = await ChildProcess.RunAsync(start, cancellationToken);
        if (exitCode != 0) throw new InvalidOperationException($"A process that makes results again ended with {exitCode}.");
        return JsonSerializer.Deserialize<IReadOnlyList<Answer>>(line) ?? [];
    }

    private sealed record Answer(string Organisation, string Run, ReproductionVerdict Verdict, DateTimeOffset? ErasedAt);
}
