using SiOutcomeLab.Domain;
using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Words;

/// <summary>Actors and marks by their plain names.</summary>
public static class ActorWords
{
    /// <summary>The actor's name, as it stands within a sentence.</summary>
    /// <param name="actor">The actor.</param>
    public static BilingualText Of(Actor actor) => actor switch
    {
        Actor.Municipality => new("kommunen", "the municipality"),
        Actor.Region => new("regionen", "the region"),
        Actor.SocialInsuranceAgency => new("Försäkringskassan", "the Social Insurance Agency"),
        Actor.PublicEmploymentService => new("Arbetsförmedlingen", "the Public Employment Service"),
        Actor.PoliceAndCourts => new("polis och rättsväsende", "police and courts"),
        Actor.PrisonAndProbation => new("Kriminalvården", "the Prison and Probation Service"),
        Actor.StateInstitutions => new("Statens institutionsstyrelse", "the National Board of Institutional Care"),
        Actor.OtherState => new("staten i övrigt", "other parts of the state"),
        Actor.Employer => new("arbetsgivaren", "the employer"),
        Actor.Individual => new("den enskilde", "the individual"),
        _ => throw new ArgumentOutOfRangeException(nameof(actor), actor, "An actor without words; add it to the bank."),
    };

    /// <summary>What kronor rest on.</summary>
    /// <param name="provenance">The mark.</param>
    public static BilingualText Of(Provenance provenance) => provenance switch
    {
        Provenance.Measured => new("uppmätt", "measured"),
        Provenance.ModelledFromProxy => new("beräknat från närliggande uppgifter", "modelled from a proxy"),
        Provenance.Assumed => new("antaget", "assumed"),
        _ => throw new ArgumentOutOfRangeException(nameof(provenance), provenance, "A mark without words; add it to the bank."),
    };
}
