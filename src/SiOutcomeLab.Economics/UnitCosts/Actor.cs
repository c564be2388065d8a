namespace SiOutcomeLab.Economics.UnitCosts;

/// <summary>Who bears a cost, or saves.</summary>
public enum Actor
{
    /// <summary>The municipality; which board, the budget item tells.</summary>
    Municipality = 1,

    /// <summary>The region.</summary>
    Region = 2,

    /// <summary>Försäkringskassan.</summary>
    SocialInsuranceAgency = 3,

    /// <summary>Arbetsförmedlingen.</summary>
    PublicEmploymentService = 4,

    /// <summary>Police, prosecutors and courts.</summary>
    PoliceAndCourts = 5,

    /// <summary>Kriminalvården.</summary>
    PrisonAndProbation = 6,

    /// <summary>Statens institutionsstyrelse (SiS).</summary>
    StateInstitutions = 7,

    /// <summary>Other parts of the state.</summary>
    OtherState = 8,

    /// <summary>The employer.</summary>
    Employer = 9,

    /// <summary>The person concerned, and others hit.</summary>
    Individual = 10,
}

/// <summary>What is known of an actor.</summary>
public static class Actors
{
    /// <summary>Whether the actor is paid for by taxes.</summary>
    /// <param name="actor">The actor.</param>
    public static bool IsPublic(this Actor actor) => actor is not (Actor.Employer or Actor.Individual);
}
