namespace SiOutcomeLab.Economics.UnitCosts;

/// <summary>How good a published figure is.</summary>
public enum Grade
{
    /// <summary>From the authority that keeps the accounts or sets the fee.</summary>
    Official = 1,

    /// <summary>An official figure met in somebody else's text.</summary>
    Secondary = 2,

    /// <summary>From a model of costs.</summary>
    Model = 3,

    /// <summary>From a newspaper.</summary>
    Newspaper = 4,

    /// <summary>Published with a warning, or with a spread that makes it doubtful.</summary>
    Uncertain = 5,
}
