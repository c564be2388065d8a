namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>A model with mirror images of the estimates that a symmetric funnel would also hold.</summary>
/// <param name="Missing">How many were added.</param>
/// <param name="MissingLeft">True when they were taken to be missing on the left.</param>
/// <param name="Added">The estimates added.</param>
/// <param name="Model">The model of all, the added ones last.</param>
public sealed record TrimAndFillResult(int Missing, bool MissingLeft, IReadOnlyList<double> Added, PooledModel Model);
