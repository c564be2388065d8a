using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Measures;

namespace SiOutcomeLab.Disclosure.Changes;

/// <summary>
/// The gate for what is told of a change. Every result on the way passes as an effect does, and a part is the difference of two of them as they
/// are shown. A part that rests on one to nine persons is told in words only; since all parts add up to a change that anybody can see, another
/// part is then told in words too, when there is one that changed anything.
/// </summary>
/// <param name="policy">The rules that apply.</param>
public sealed class ChangeGate(DisclosurePolicy policy)
{
    /// <summary>What may be told.</summary>
    /// <param name="from">The earlier result.</param>
    /// <param name="steps">The results on the way to the later one, which is the last.</param>
    /// <param name="wordsOf">How a measure is spoken of.</param>
    public Released<ReleasedChange> Release(EvaluationResult from, IReadOnlyList<ChangeStep> steps, Func<MeasureCode, MeasureWords> wordsOf)
    {
        ArgumentOutOfRangeException.ThrowIfZero(steps.Count, nameof(steps));
        Cell[] shown = [.. steps.Select(s => s.After).Prepend(from).Select(r => PointOf(r, wordsOf))];
        PointEstimate?[] exact = [.. steps.Select(s => s.After).Prepend(from).Select(r => r.Estimates[0].Estimate)];
        ChangeTold[] told = [.. steps.Select((s, i) => Told(s, exact[i], exact[i + 1], shown[i].IsShown && shown[i + 1].IsShown))];
        if (told.Count(t => t == ChangeTold.InWords) == 1 && Array.IndexOf(told, ChangeTold.Number) >= 0)
        {
            told[NearestNumber(told, Array.IndexOf(told, ChangeTold.InWords))] = ChangeTold.InWords;
        }

        ReleasedChangePart[] parts = [.. steps.Select((s, i) => new ReleasedChangePart(
            s.Source, told[i], told[i] == ChangeTold.Number && shown[i].TryGet(out var before) && shown[i + 1].TryGet(out var after) ? after - before : null))];
        return new Released<ReleasedChange>(
            new ReleasedChange(shown[0], shown[^1], [.. parts, new ReleasedChangePart(ChangeSource.Prices, ChangeTold.NoPart, null)]),
            policy.Audience,
            policy.RuleVersion);
    }

    private Cell PointOf(EvaluationResult result, Func<MeasureCode, MeasureWords> wordsOf) =>
        new EffectGate(policy).Release(result, wordsOf)[0].Value.Estimate?.Point ?? Cell.Suppressed(SuppressionReason.FewPersons);

    private ChangeTold Told(ChangeStep step, PointEstimate? before, PointEstimate? after, bool isShown)
    {
        if (step.PersonsDiffering == 0 && before is not null && after is not null && before.Point == after.Point) return ChangeTold.Unchanged;
        var allowed = isShown
            && policy.AllowsDifference(step.PersonsDiffering)
            && policy.AllowsDifference(Math.Abs(before!.Treated - after!.Treated))
            && policy.AllowsDifference(Math.Abs(before.Comparison - after.Comparison));
        return allowed ? ChangeTold.Number : ChangeTold.InWords;
    }

    private static int NearestNumber(ChangeTold[] told, int hidden) =>
        Enumerable.Range(0, told.Length).Where(i => told[i] == ChangeTold.Number).MinBy(i => Math.Abs(i - hidden));
}
