namespace SiOutcomeLab.Storage.Lake;

/// <summary>A lake that says whose it is, for places that can be mistaken for one another.</summary>
public interface IMarkedLake : ILake
{
    /// <summary>The word that stands in the lake; where there is none, <paramref name="candidate"/> becomes it, durably.</summary>
    /// <param name="candidate">The word by which the catalogue knows its lake: ASCII, at most 64 characters.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<string> MarkAsync(string candidate, CancellationToken cancellationToken);
}
