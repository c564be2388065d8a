namespace SiOutcomeLab.Statistics.Propensity.Boosting;

/// <summary>A division of a node: bins up to one go left.</summary>
internal readonly record struct Split(int Column, byte Bin, double Gain, NodeSums Left);
