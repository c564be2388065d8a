using SiOutcomeLab.Country.Places;

namespace SiOutcomeLab.Country.Making;

/// <summary>A municipality of a made country and everybody who is ever reported by it.</summary>
/// <param name="Design">How it was meant.</param>
/// <param name="Populations">Its populations, in the order of <see cref="Programme.Populations.All"/>.</param>
public sealed record MadeMunicipality(MunicipalityDesign Design, IReadOnlyList<MadePopulation> Populations)
{
    /// <summary>Which municipality.</summary>
    public Place Place => Design.Place;

    /// <summary>Everybody who started a method here, with what would have been.</summary>
    /// <param name="method">The method's code.</param>
    public IEnumerable<Participant> Participants(string method) =>
        Populations.SelectMany(p => p.Participants).Where(p => p.Method.Code == method);
}
