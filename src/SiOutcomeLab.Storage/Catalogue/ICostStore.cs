using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Costs;

namespace SiOutcomeLab.Storage.Catalogue;

/// <summary>Kronor: what was released of them, for readers, and the full-precision sums behind, which stay inside.</summary>
public interface ICostStore
{
    /// <summary>Keeps kronor under their release's name; the same once more changes nothing.</summary>
    /// <exception cref="ReleaseNameTakenException">Other kronor have the name.</exception>
    Task KeepAsync(KeptCosts costs, CancellationToken cancellationToken);

    /// <summary>The release with this name if the audience may see it; null otherwise, whether it exists or not.</summary>
    Task<Released<ReleasedCosts>?> FindAsync(string name, Audience audience, CancellationToken cancellationToken);

    /// <summary>Releases the audience may see, ordered by name, after <paramref name="afterName"/>, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<Released<ReleasedCosts>>> ListAsync(
        CostFilter filter, Audience audience, string? afterName, int limit, CancellationToken cancellationToken);

    /// <summary>The full-precision sums behind a release, as they were handed over; null when there are none. Never for readers.</summary>
    Task<byte[]?> SummaryAsync(string name, CancellationToken cancellationToken);
}

/// <summary>Kronor to keep.</summary>
/// <param name="RunId">The run whose plan and look they are of; null for a pool of several.</param>
/// <param name="Summary">The full-precision sums, as UTF-8 JSON.</param>
/// <param name="Release">What may be shown of them.</param>
public sealed record KeptCosts(string? RunId, byte[] Summary, Released<ReleasedCosts> Release);

/// <summary>Which kronor a reader asks for; a null part does not restrict.</summary>
/// <param name="Subject">The plan's id, or the method that is pooled.</param>
/// <param name="MunicipalityGroup">The municipality group of a pool.</param>
/// <param name="UnitCostSet">The unit costs.</param>
/// <param name="PriceYear">The price level.</param>
public sealed record CostFilter(string? Subject, string? MunicipalityGroup, string? UnitCostSet, int? PriceYear);
