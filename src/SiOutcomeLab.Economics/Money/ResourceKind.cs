namespace SiOutcomeLab.Economics.Money;

/// <summary>Whether kronor are resources used up, or only change hands.</summary>
public enum ResourceKind
{
    /// <summary>Work, rooms, food: what is used for this cannot be used for anything else.</summary>
    Real = 1,

    /// <summary>A benefit: a cost to who pays, an income to who receives, nothing to society.</summary>
    Transfer = 2,
}
