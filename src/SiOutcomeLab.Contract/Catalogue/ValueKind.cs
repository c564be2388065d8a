namespace SiOutcomeLab.Contract;

/// <summary>What a catalogue column's values are.</summary>
public enum ValueKind
{
    /// <summary>Whole numbers, in a Parquet int or (where a writer turned them into it) double column.</summary>
    Whole = 1,

    /// <summary>Finite numbers, in a Parquet int or double column.</summary>
    Number = 2,

    /// <summary>One of a fixed set of texts.</summary>
    Category = 3,
}

/// <summary>Where a catalogue row may be used.</summary>
public enum CatalogueScope
{
    /// <summary>In any submission.</summary>
    National = 1,

    /// <summary>Only in shipped teaching data, that is, by a teaching municipality.</summary>
    Teaching = 2,
}
