using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain.Effects;

namespace SiOutcomeLab.Disclosure.Effects;

/// <summary>
/// What the groups received, as it may be shown. A method with enough persons in neither group is not named: that anybody here received it
/// would tell of few. Of what is named, small numbers are withheld, and a further one when those withheld are few together.
/// </summary>
internal static class ReceivedGate
{
    public static ReleasedMix Release(ReceivedMix mix, DisclosurePolicy policy)
    {
        MethodReceived[] all = [mix.Nothing, .. mix.Methods];
        var treated = Refusals([.. all.Select(m => m.Treated.Persons)], mix.Treated, policy);
        var comparison = Refusals([.. all.Select(m => m.Comparison.Persons)], mix.Comparison, policy);
        var rows = all.Select((m, i) => new ReleasedReceived(
            m.Method, Part(m.Treated, mix.Treated, treated[i]), Part(m.Comparison, mix.Comparison, comparison[i]))).ToArray();
        return new ReleasedMix(rows[0], [.. rows.Skip(1).Where(r => IsNamed(r.Treated) || IsNamed(r.Comparison))]);

        ReleasedPart Part(ReceivedBy by, int group, SuppressionReason? refusal) => refusal is { } reason
            ? new ReleasedPart(Cell.Suppressed(reason), Cell.Suppressed(reason))
            : new ReleasedPart(policy.Count(by.Persons), policy.ShareOf(by.Share, group));
    }

    private static bool IsNamed(ReleasedPart part) => part.Persons.Suppression != SuppressionReason.FewPersons;

    private static SuppressionReason?[] Refusals(int[] persons, int group, DisclosurePolicy policy)
    {
        SuppressionReason?[] refusals = [.. persons.Select(n => policy.RefusesCategories(n, group - n))];
        // Those of few persons first, then the rarest of the others, until what is withheld is many persons together.
        while (Array.Exists(refusals, r => r is not null))
        {
            var withheld = persons.Where((_, i) => refusals[i] is not null).Sum(n => Math.Min(n, group - n));
            var shown = Enumerable.Range(0, persons.Length).Where(i => refusals[i] is null).OrderBy(i => persons[i]).ThenBy(i => i).ToArray();
            if (shown.Length == 0 || policy.RefusesCategories(withheld, int.MaxValue) is null) break;
            refusals[shown[0]] = SuppressionReason.Secondary;
        }

        return refusals;
    }
}
