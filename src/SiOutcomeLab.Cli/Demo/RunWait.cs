using Grpc.Core;
using SiOutcomeLab.Cli.Calls;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Protos.Runs.V1;

namespace SiOutcomeLab.Cli.Demo;

/// <summary>
/// Waits until the hub's scheduler has finished a run of each plan. Which runs there are comes from the list; what a run is doing comes
/// from the hub's server stream, for the plans that the display follows.
/// </summary>
internal sealed class RunWait(HubConnection steward, IRunDisplay display, TimeProvider time)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    /// <param name="plans">The plans to wait for.</param>
    /// <param name="followed">Those among them whose stages are shown.</param>
    /// <param name="patience">How long it may take.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="CommandException">It took longer.</exception>
    public async Task UntilAllSucceededAsync(
        IReadOnlyCollection<string> plans, IReadOnlySet<string> followed, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var watches = new Dictionary<string, Task>(StringComparer.Ordinal);
        var latest = new Dictionary<string, Run>(StringComparer.Ordinal);
        try
        {
            while (true)
            {
                await foreach (var run in steward.RunsAsync(string.Empty, either.Token))
                {
                    if (!plans.Contains(run.Plan)) continue;
                    if (!latest.TryGetValue(run.Plan, out var known) || known.State != RunState.Succeeded) latest[run.Plan] = run;
                    if (!followed.Contains(run.Plan) || watches.ContainsKey(run.Name)) continue;
                    watches[run.Name] = FollowAsync(run.Name, either.Token);
                }

                var done = latest.Values.Count(r => r.State == RunState.Succeeded);
                display.Finished(done, plans.Count);
                if (done == plans.Count) break;
                await Task.Delay(PollInterval, time, either.Token);
            }

            await Task.WhenAll(watches.Values);
        }
        catch (Exception e) when (e is OperationCanceledException or RpcException
            && limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new CommandException(
                ExitCode.TimedOut,
                new("Alla körningar blev inte klara i tid.", "Not all runs finished in time."),
                new(
                    "Kör igen på en maskin med mindre att göra, eller läs hubbens varningar ovan.",
                    "Run again on a less busy machine, or read the hub's warnings above."),
                [.. plans.Select(p => (Plan: p, Run: latest.GetValueOrDefault(p))).Where(x => x.Run?.State != RunState.Succeeded).Select(Standing)]);
        }
    }

    private static string Standing((string Plan, Run? Run) x) => $"{x.Plan}: {x.Run?.State.ToString() ?? "–"} {x.Run?.Error}".TrimEnd();

    private async Task FollowAsync(string name, CancellationToken cancellationToken)
    {
        using var call = steward.Runs.WatchRun(new WatchRunRequest { Name = name }, steward.Options(cancellationToken));
        await foreach (var response in call.ResponseStream.ReadAllAsync(cancellationToken)) display.Stage(response.Run);
    }
}
