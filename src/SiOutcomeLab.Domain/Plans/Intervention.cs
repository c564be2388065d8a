using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Domain.Plans;

/// <summary>Something an organisation does for a target group. Registered before any participation in it may be sent.</summary>
/// <param name="Organisation">Who runs it.</param>
/// <param name="Code">Its code, unique within the organisation.</param>
/// <param name="Method">The method it applies (IPS, MST, Skolfam …), shared between organisations: benchmarks pool by it.</param>
/// <param name="Name">Its name in both languages.</param>
/// <param name="CostPerParticipantSek">What a participant costs, in SEK of <paramref name="PriceYear"/>; null when not stated.</param>
/// <param name="PriceYear">The price level of the cost; null when no cost is stated.</param>
public sealed record Intervention(
    OrganisationId Organisation,
    InterventionCode Code,
    string Method,
    BilingualText Name,
    decimal? CostPerParticipantSek,
    int? PriceYear);
