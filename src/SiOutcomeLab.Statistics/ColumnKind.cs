namespace SiOutcomeLab.Statistics;

/// <summary>How a covariate's spread is measured.</summary>
public enum ColumnKind
{
    /// <summary>A number on a scale: variance with denominator n − 1.</summary>
    Continuous = 0,

    /// <summary>Zero or one: variance p(1 − p), no n − 1, and no variance ratio.</summary>
    Binary = 1
}
