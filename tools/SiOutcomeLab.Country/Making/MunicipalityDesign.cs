using SiOutcomeLab.Country.Places;
using SiOutcomeLab.Country.Programme;

namespace SiOutcomeLab.Country.Making;

/// <summary>How many persons a municipality has, and what it runs.</summary>
/// <param name="Place">The municipality.</param>
/// <param name="Persons">Persons of each population, in the order of <see cref="Populations.All"/>.</param>
/// <param name="Interventions">What it runs; each method at most once.</param>
public sealed record MunicipalityDesign(Place Place, IReadOnlyList<int> Persons, IReadOnlyList<InterventionDesign> Interventions);

/// <summary>A method in a municipality.</summary>
/// <param name="Method">The method.</param>
/// <param name="FirstQuarter">The first quarter in which anybody starts; at least 2, because starting goes by two quarters before.</param>
/// <param name="LastQuarter">The last such quarter.</param>
/// <param name="Participants">About how many start in all: the number that chance is set to.</param>
/// <param name="Multiplier">The municipality's own part of the method's strength; 1 is the method's own.</param>
public sealed record InterventionDesign(Method Method, int FirstQuarter, int LastQuarter, double Participants, double Multiplier)
{
    /// <summary>Quarters in which persons may start.</summary>
    public int StartQuarters => LastQuarter - FirstQuarter + 1;
}
