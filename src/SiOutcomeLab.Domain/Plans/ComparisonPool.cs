namespace SiOutcomeLab.Domain.Plans;

/// <summary>Where comparison persons come from.</summary>
public enum ComparisonPool
{
    /// <summary>The plan's own organisation.</summary>
    OwnOrganisation = 1,

    /// <summary>Every organisation in the project that allows its rows as comparison for others.</summary>
    Project = 2,

    /// <summary>The organisations of the plan's own municipality group, each person compared within the group.</summary>
    MunicipalityGroup = 3,

    /// <summary>The municipalities most like the plan's own before the index periods.</summary>
    Similar = 4,
}

/// <summary>What becomes of a comparison person who starts the intervention later.</summary>
public enum LaterStartRule
{
    /// <summary>Stays in the comparison, as assigned at the index period.</summary>
    KeptAsAssigned = 1,

    /// <summary>Leaves when it starts, and the others stand for it by weights.</summary>
    Censored = 2,
}
