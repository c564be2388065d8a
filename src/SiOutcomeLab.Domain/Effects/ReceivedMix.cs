namespace SiOutcomeLab.Domain.Effects;

/// <summary>
/// What the two groups received from the start to the primary horizon beside what the plan evaluates: the effect is against what comparison
/// persons actually received. Whoever received several methods counts under each of them.
/// </summary>
/// <param name="Treated">Participants that the headline uses.</param>
/// <param name="Comparison">Comparison persons that the headline uses.</param>
/// <param name="Nothing">Those who received none of the methods.</param>
/// <param name="Methods">The methods in ordinal order; the plan's own among them where comparison persons start it later.</param>
public sealed record ReceivedMix(int Treated, int Comparison, MethodReceived Nothing, IReadOnlyList<MethodReceived> Methods);

/// <summary>Who received a method.</summary>
/// <param name="Method">The method; null for none at all.</param>
/// <param name="Treated">Of the participants.</param>
/// <param name="Comparison">Of the comparison persons.</param>
public sealed record MethodReceived(string? Method, ReceivedBy Treated, ReceivedBy Comparison);

/// <summary>How many of a group received something.</summary>
/// <param name="Persons">Persons; who stands in several index periods counts once.</param>
/// <param name="Share">Their share of the group as it is compared, weighted as the headline weighs it; in [0, 1].</param>
public sealed record ReceivedBy(int Persons, double Share);
