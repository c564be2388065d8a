using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Hub.Identity;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Hub.Features.Explaining;

/// <summary>Finds what an effect is explained by, for those who may have it explained: the one way to it, of the call and of the page.</summary>
internal sealed class EffectExplanations(IReleaseStore releases, ICostReleases costs, IRunCatalogue runs, ISubmissionCatalogue submissions)
{
    /// <summary>The call that explains.</summary>
    public const string Call = "/sioutcomelab.explanations.v1.ExplanationService/ExplainEffect";

    private const int MostRuns = 500;

    /// <summary>Whether a caller may have an effect explained that it may see.</summary>
    public static bool IsFor(Caller caller, ReleasedEffect effect) => CallRules.Of(Call)!.Admits(caller, effect.Plan.Organisation);

    /// <summary>An effect's explanation; null when there is no such effect among those that the caller may have explained.</summary>
    public async Task<EffectExplanation?> FindAsync(string name, Caller caller, CancellationToken cancellationToken)
    {
        if (await FindEffectAsync(name, caller, cancellationToken) is not { } release) return null;
        var read = await submissions.InSnapshotAsync(release.Value.Lineage.SnapshotHash, cancellationToken) ?? [];
        return new EffectExplanation(release, read, await CostsOfAsync(release.Value, caller, cancellationToken));
    }

    /// <summary>As <see cref="FindAsync"/>, the effect alone.</summary>
    public async Task<Released<ReleasedEffect>?> FindEffectAsync(string name, Caller caller, CancellationToken cancellationToken)
    {
        var found = name.Length is > 0 and <= 200 ? await releases.FindAsync(name, caller.Audience(), cancellationToken) : null;
        return found is not null && IsFor(caller, found.Value) ? found : null;
    }

    /// <summary>The plan's last run with a result among those that ended when it is asked for; null when there is none.</summary>
    public async Task<Run?> LastResultAsync(EvaluationPlan plan, Func<DateTimeOffset, bool> isEnd, CancellationToken cancellationToken)
    {
        var found = await runs.ListAsync(plan.Organisation, plan.Id, null, MostRuns, cancellationToken);
        return found.Where(r => r.State == RunState.Succeeded && r.FinishedAt is { } at && isEnd(at)).MaxBy(r => r.FinishedAt);
    }

    /// <summary>The headline of the plan's result before a headline's own, where the caller may have it explained; null otherwise.</summary>
    public async Task<ReleasedEffect?> EarlierAsync(ReleasedEffect effect, Caller caller, CancellationToken cancellationToken)
    {
        if (effect.Role != EstimateRole.Headline) return null;
        if (await runs.FindAsync(effect.RunId, cancellationToken) is not { FinishedAt: { } own }) return null;
        if (await LastResultAsync(effect.Plan, at => at < own, cancellationToken) is not { } earlier) return null;
        var headline = (await runs.ReleasesAsync(earlier.Id, cancellationToken)).FirstOrDefault(r => r.Value.Role == EstimateRole.Headline);
        return headline is null ? null : (await FindEffectAsync(headline.Value.Name, caller, cancellationToken))?.Value;
    }

    private async Task<IReadOnlyList<Released<ReleasedCosts>>> CostsOfAsync(ReleasedEffect effect, Caller caller, CancellationToken cancellationToken)
    {
        if (effect.Role != EstimateRole.Headline) return [];
        var found = await costs.OfRunAsync(effect.RunId, caller.Audience(), cancellationToken);
        return [.. found.Where(c => c.Stands).Select(c => c.Release)];
    }
}
