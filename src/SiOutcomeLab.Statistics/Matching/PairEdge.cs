namespace SiOutcomeLab.Statistics.Matching;

/// <summary>A treated row and a control joined by an optimal matching.</summary>
internal readonly record struct PairEdge(int Treated, int Control, double Distance);
