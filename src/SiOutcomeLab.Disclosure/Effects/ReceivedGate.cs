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
        var treated = Withholding.Of([.. all.Select(m => m.Treated.Persons)], mix.Treated, policy);
        var comparison = Withholding.Of([.. all.Select(m => m.Comparison.Persons)], mix.Comparison, policy);
        treated[0] = FewAnything(mix.Nothing.Treated, mix.Treated, treated[0]);
        comparison[0] = FewAnything(mix.Nothing.Comparison, mix.Comparison, comparison[0]);
        var rows = all.Select((m, i) => new ReleasedReceived(
            m.Method, Part(m.Treated, mix.Treated, treated[i]), Part(m.Comparison, mix.Comparison, comparison[i]))).ToArray();
        return new ReleasedMix(rows[0], [.. rows.Skip(1).Where(r => IsNamed(r.Treated) || IsNamed(r.Comparison))]);

        ReleasedPart Part(ReceivedBy by, int group, SuppressionReason? refusal) => refusal is { } reason
            ? new ReleasedPart(Cell.Suppressed(reason), Cell.Suppressed(reason))
            : new ReleasedPart(policy.Count(by.Persons), policy.ShareOf(by.Share, group));
    }

    // Where few received anything it is these who are few, and those with nothing are withheld because of them.
    private static SuppressionReason? FewAnything(ReceivedBy nothing, int group, SuppressionReason? refusal) =>
        refusal is not null && group - nothing.Persons < nothing.Persons ? SuppressionReason.Secondary : refusal;

    private static bool IsNamed(ReleasedPart part) => part.Persons.Suppression != SuppressionReason.FewPersons;
}
