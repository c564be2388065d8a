using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain.Effects;

namespace SiOutcomeLab.Disclosure.Effects;

/// <summary>Balance and overlap as they may be shown: diagnostics tell of persons just as estimates do.</summary>
internal static class DiagnosticsGate
{
    public static ReleasedDiagnostics Release(Diagnostics diagnostics, DisclosurePolicy policy)
    {
        var small = policy.Refuses(new ModelBasis(diagnostics.Treated, diagnostics.Comparison, diagnostics.EffectiveComparison, int.MaxValue));
        var rows = diagnostics.Balance.Select(b => (Row: b, Refusal: small ?? RefusalOf(b, diagnostics, policy))).ToArray();
        var anyRefused = Array.Exists(rows, r => r.Refusal is not null);
        return new ReleasedDiagnostics(
            diagnostics.Verdict,
            diagnostics.Failing,
            [.. rows.Select(r => new ReleasedBalance(r.Row.Covariate, Smd(r.Row.SmdBefore, r.Refusal), Smd(r.Row.SmdAfter, r.Refusal)))],
            Largest(r => r.SmdBefore, diagnostics.LargestSmdBefore),
            Largest(r => r.SmdAfter, diagnostics.LargestSmdAfter),
            Overlap(diagnostics.OverlapCoefficient),
            Overlap(diagnostics.EquipoiseShare));

        Cell Smd(double value, SuppressionReason? refusal) =>
            refusal is { } reason ? Cell.Suppressed(reason) : policy.Number(NumberKind.StandardisedDifference, value);

        // The largest may be a withheld covariate's: then it is withheld too.
        Cell Largest(Func<CovariateBalance, double> smd, double value)
        {
            if (small is { } reason) return Cell.Suppressed(reason);
            var isWithheld = anyRefused && rows.Any(r => r.Refusal is not null && Math.Abs(smd(r.Row)) >= Math.Abs(value));
            return isWithheld ? Cell.Suppressed(SuppressionReason.Secondary) : policy.Number(NumberKind.StandardisedDifference, value);
        }

        Cell? Overlap(double? value) => value is not { } v ? null : small is { } reason ? Cell.Suppressed(reason) : policy.Number(NumberKind.Share, v);
    }

    private static SuppressionReason? RefusalOf(CovariateBalance row, Diagnostics all, DisclosurePolicy policy)
    {
        if (!row.IsBinary) return null;
        // A mean times its number is a whole number of persons but for its last bits, which must not decide.
        var treatedYes = Math.Round(row.TreatedMean * all.Treated);
        var comparisonYes = Math.Round(row.ComparisonMeanBefore * all.Comparison);
        return policy.RefusesCategories(treatedYes, all.Treated - treatedYes)
            ?? policy.RefusesCategories(comparisonYes, all.Comparison - comparisonYes);
    }
}
