using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Costing;

/// <summary>
/// Finds runs that should be in kronor and are not: their hub stopped before it had put them there, or sets of unit costs, price level or
/// rate have changed since.
/// </summary>
public sealed class DueCosts(ICatalogue catalogue, CostingTerms terms)
{
    /// <summary>The runs, each once.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(CancellationToken cancellationToken)
    {
        var due = new List<string>();
        foreach (var mark in terms.Marks) due.AddRange(await catalogue.Costs.MissingAsync(mark, RunCosting.MaximumAttempts, cancellationToken));
        return [.. due.Distinct(StringComparer.Ordinal)];
    }
}
