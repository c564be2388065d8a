using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Costing;

/// <summary>Gives up having given up: a run that could not be put in kronor is tried again, once somebody has mended what stood in its way.</summary>
public sealed class CostingRestart(ICatalogue catalogue, CostingTerms terms)
{
    /// <summary>Lets a run be put in kronor again, on those of the hub's terms where that had been given up.</summary>
    /// <returns>The codes of the sets of unit costs by which it is due again.</returns>
    public async Task<IReadOnlyList<string>> RestartAsync(string runId, CancellationToken cancellationToken)
    {
        var restarted = new List<string>();
        foreach (var set in terms.Sets)
        {
            if (await catalogue.Costs.RestartAsync(runId, terms.MarkOf(set), RunCosting.MaximumAttempts, cancellationToken)) restarted.Add(set);
        }

        return restarted;
    }

    /// <summary>Of some runs, by which sets of unit costs each has been given up, where it may be restarted.</summary>
    /// <param name="runIds">The runs.</param>
    /// <param name="cancellationToken">Stops between sets.</param>
    public async Task<ILookup<string, string>> GivenUpAsync(IReadOnlyList<string> runIds, CancellationToken cancellationToken)
    {
        var givenUp = new List<(string Run, string Set)>();
        foreach (var set in terms.Sets)
        {
            var runs = await catalogue.Costs.GivenUpAsync(runIds, terms.MarkOf(set), RunCosting.MaximumAttempts, cancellationToken);
            givenUp.AddRange(runs.Select(run => (run, set)));
        }

        return givenUp.ToLookup(g => g.Run, g => g.Set);
    }
}
