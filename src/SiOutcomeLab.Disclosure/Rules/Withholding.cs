namespace SiOutcomeLab.Disclosure.Rules;

/// <summary>Which parts of a group are withheld: those of few persons, and others until what is withheld is many persons together.</summary>
internal static class Withholding
{
    /// <summary>By part, why it is withheld; null where it may be shown.</summary>
    /// <param name="persons">Persons in each part.</param>
    /// <param name="group">Persons in the group.</param>
    /// <param name="policy">The rules.</param>
    public static SuppressionReason?[] Of(IReadOnlyList<int> persons, int group, DisclosurePolicy policy)
    {
        SuppressionReason?[] refusals = [.. persons.Select(n => policy.RefusesCategories(n, group - n))];
        // Those of few persons first, then the rarest of the others.
        while (Array.Exists(refusals, r => r is not null))
        {
            var withheld = persons.Where((_, i) => refusals[i] is not null).Sum(n => Math.Min(n, group - n));
            var shown = Enumerable.Range(0, persons.Count).Where(i => refusals[i] is null).OrderBy(i => persons[i]).ThenBy(i => i).ToArray();
            if (shown.Length == 0 || policy.RefusesCategories(withheld, int.MaxValue) is null) break;
            refusals[shown[0]] = SuppressionReason.Secondary;
        }

        return refusals;
    }
}
