namespace SiOutcomeLab.Domain.Identity;

/// <summary>What a caller may be. A caller may hold several roles; each call names the roles that may make it.</summary>
public enum Role
{
    /// <summary>Anyone: sees public facts and what has been released to the public.</summary>
    Anonymous = 0,

    /// <summary>A system or person that pushes an organisation's follow-up data and registers its interventions.</summary>
    Submitter = 1,

    /// <summary>Registers evaluation plans, follows runs and reads what is released to analysts.</summary>
    Analyst = 2,

    /// <summary>Operates the hub, for the lab alone; sees its workings, never more of the results than an analyst does.</summary>
    Steward = 3,

    /// <summary>Reckons cost baselines and savings on released estimates.</summary>
    Economist = 4,

    /// <summary>Prepares an investment case for decision.</summary>
    Preparer = 5,

    /// <summary>Decides on an investment case.</summary>
    Decider = 6,

    /// <summary>Looks through releases before they leave the hub.</summary>
    Reviewer = 7,

    /// <summary>Downloads aggregated research data sets.</summary>
    Researcher = 8,
}
