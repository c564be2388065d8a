using System.Text.Json;
using Microsoft.Extensions.Logging;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Cohorts.Reading;
using SiOutcomeLab.Pipelines.Telemetry;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>
/// Executes a run from claim to release. A result counts only when it is committed under the epoch of its claim, so a run that another
/// worker has taken over in the meantime leaves nothing.
/// </summary>
/// <param name="catalogue">The catalogue.</param>
/// <param name="lake">The lake.</param>
/// <param name="followUp">What has been read of the lake, shared by all runs.</param>
/// <param name="policyOf">The disclosure policy of a data policy; <see cref="Policies.For"/> outside of tests.</param>
/// <param name="codeVersion">The version of the code, for the lineage.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where failures are told.</param>
public sealed class RunExecutor(
    ICatalogue catalogue, ILake lake, FollowUpCache followUp, Func<DataPolicy, DisclosurePolicy> policyOf, string codeVersion, TimeProvider time, ILogger<RunExecutor> log)
{
    /// <summary>
    /// Executes a run. A run that has ended, or does not exist, is left alone; one that is cancelled meanwhile, or taken over, ends early and
    /// leaves nothing.
    /// </summary>
    /// <exception cref="OperationCanceledException">The hub is stopping; the run stays unfinished and is taken up again.</exception>
    public async Task ExecuteAsync(string runId, CancellationToken cancellationToken)
    {
        if (await catalogue.Runs.ClaimAsync(runId, cancellationToken) is not { } run) return;
        if (run.Attempts > RetryRule.MaximumAttempts)
        {
            var message = $"Given up after {RetryRule.MaximumAttempts} attempts; the hub's log tells more under this run.";
            await catalogue.Runs.FailAsync(run.Id, run.Epoch, message, null, time.GetUtcNow(), cancellationToken);
            return;
        }

        Log.RunStarted(log, run.Id, run.PlanId, run.Epoch);
        var started = time.GetTimestamp();
        using var activity = LabTelemetry.Source.StartActivity("silab.run");
        await using var hold = RunHold.Of(catalogue.Runs, run, time, cancellationToken);
        try
        {
            await WorkAsync(run, hold, started, hold.Token);
        }
        catch (OperationCanceledException) when (hold.IsLost && !cancellationToken.IsCancellationRequested)
        {
            await TellLostAsync(run, started, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await FailAsync(run, e, started, cancellationToken);
        }
    }

    private async Task WorkAsync(Run run, RunHold hold, long started, CancellationToken cancellationToken)
    {
        if (await RunSnapshot.OfAsync(catalogue, run, cancellationToken) is not (var registered, { } snapshot))
        {
            await GiveUpAsync(run, started, cancellationToken);
            return;
        }

        var result = await EvaluateAsync(run, registered, snapshot, hold, cancellationToken);
        await hold.ReportAsync(RunStage.Releasing, cancellationToken);
        var releases = new EffectGate(policyOf(result.Policy)).Release(result, MeasureVocabulary.Of);
        // No outcome was read for a headline that could not be given, and nothing was spent.
        var spent = result.Estimates[0].Estimate is null ? null : new AlphaSpent(result.Plan, run.Look, result.Look!.Spent);
        if (await catalogue.Runs.CompleteAsync(
            run.Id, run.Epoch, EvaluationResults.Encode(result), releases, time.GetUtcNow(), cancellationToken, spent))
        {
            Log.RunSucceeded(log, run.Id, run.PlanId);
            LabTelemetry.RunEnded("succeeded", time.GetElapsedTime(started));
            return;
        }

        await TellLostAsync(run, started, cancellationToken);
    }

    private async Task FailAsync(Run run, Exception e, long started, CancellationToken cancellationToken)
    {
        // Gone between the look at the catalogue and the reading: no failure of the hub's, when the catalogue says so too.
        if (e is LakeObjectMissingException && (await RunSnapshot.OfAsync(catalogue, run, cancellationToken)).Snapshot is null)
        {
            await GiveUpAsync(run, started, cancellationToken);
            return;
        }

        var now = time.GetUtcNow();
        // These two say what to do, and name nothing but sizes and a hash.
        var message = e is FollowUpMemoryException or LakeObjectDamagedException
            ? e.Message
            : $"{e.GetType().Name}; the hub's log tells more under this run.";
        var isMine = true;
        try
        {
            isMine = await catalogue.Runs.FailAsync(run.Id, run.Epoch, message, RetryRule.NextTry(run, e, now), now, cancellationToken);
        }
        finally
        {
            if (isMine)
            {
                Log.RunFailed(log, run.Id, run.PlanId, e);
                LabTelemetry.RunEnded("failed", time.GetElapsedTime(started));
            }
        }

        // Taken over: whether the run fails is the other's to find out.
        if (!isMine) await TellLostAsync(run, started, cancellationToken, e);
    }

    private async Task TellLostAsync(Run run, long started, CancellationToken cancellationToken, Exception? exception = null)
    {
        var isCancelled = await catalogue.Runs.FindAsync(run.Id, cancellationToken) is { State: RunState.Cancelled };
        if (isCancelled) Log.RunCancelled(log, run.Id, run.PlanId);
        else Log.RunFenced(log, run.Id, run.Epoch, exception);
        LabTelemetry.RunEnded(isCancelled ? "cancelled" : "fenced", time.GetElapsedTime(started));
    }

    private async Task GiveUpAsync(Run run, long started, CancellationToken cancellationToken)
    {
        const string Message = "What it was to read has been taken back, replaced or erased; a run on what remains takes its place.";
        if (!await catalogue.Runs.GiveUpAsync(run.Id, run.Epoch, Message, time.GetUtcNow(), cancellationToken))
        {
            await TellLostAsync(run, started, cancellationToken);
            return;
        }

        Log.RunObsolete(log, run.Id, run.PlanId);
        LabTelemetry.RunEnded("obsolete", time.GetElapsedTime(started));
    }

    private async Task<EvaluationResult> EvaluateAsync(
        Run run, RegisteredPlan registered, Snapshot snapshot, RunHold hold, CancellationToken cancellationToken)
    {
        var spentBefore = await catalogue.Runs.SpentElsewhereAsync(registered, cancellationToken);
        var look = LookBudgets.For(registered.Plan, run.Look, spentBefore);
        var earlier = run.Look == 1 ? null : await catalogue.Runs.SucceededAsync(run.PlanId, run.PlanVersion, run.Look - 1, cancellationToken);
        var earlierResult = earlier is null ? null : await catalogue.Runs.ResultAsync(earlier.Id, cancellationToken);
        var drift = earlierResult is null ? null : Drifts.From(EvaluationResults.Decode(earlierResult));
        return await new RunEvaluation(catalogue, lake, followUp, codeVersion).EvaluateAsync(
            run,
            registered,
            look,
            drift,
            snapshot,
            time.GetUtcNow(),
            hold.ReportAsync,
            cancellationToken);
    }
}
