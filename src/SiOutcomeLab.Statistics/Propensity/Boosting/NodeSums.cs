namespace SiOutcomeLab.Statistics.Propensity.Boosting;

/// <summary>Sums of g and h over a node's rows, in their units.</summary>
internal readonly record struct NodeSums(long Gradient, long Information);
