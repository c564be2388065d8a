using SiOutcomeLab.Country.Programme;

namespace SiOutcomeLab.Country.Making;

/// <summary>
/// A population of a municipality, in arrays: first its own persons, then those who move in. Everybody has values for every quarter;
/// what is observed of them is told by <see cref="FirstReported"/> and <see cref="LastReported"/>.
/// </summary>
public sealed class MadePopulation
{
    internal MadePopulation(int index, int own, int persons, int quarters)
    {
        var population = Populations.All[index];
        Index = index;
        Population = population;
        OwnPersons = own;
        Quarters = quarters;
        Traits = new PersonTraits[persons];
        Values = new float[persons * population.Measures.Length * quarters];
        Starts = new int[persons * population.Methods.Count];
        Origins = new (int Place, int Number)[persons];
        First = new short[persons];
        Last = new short[persons];
        Followed = new short[persons];
        Moved = new short[persons];
    }

    /// <summary>Which population.</summary>
    public Population Population { get; }

    /// <summary>Persons registered here from the first quarter; they stand first.</summary>
    public int OwnPersons { get; }

    /// <summary>Own persons and those who move in.</summary>
    public int Persons => Traits.Length;

    /// <summary>Quarters.</summary>
    public int Quarters { get; }

    /// <summary>Own persons who started something here.</summary>
    public IReadOnlyList<Participant> Participants { get; internal set; } = [];

    /// <summary>The place in <see cref="Populations.All"/>.</summary>
    internal int Index { get; }

    internal PersonTraits[] Traits { get; }

    /// <summary>Person by person, measure by measure, quarter by quarter.</summary>
    internal float[] Values { get; }

    internal int[] Starts { get; }

    /// <summary>Where the person comes from, and the person's number there: the identity.</summary>
    internal (int Place, int Number)[] Origins { get; }

    internal short[] First { get; }

    internal short[] Last { get; }

    /// <summary>The last quarter that anybody in the country follows the person in.</summary>
    internal short[] Followed { get; }

    /// <summary>The first quarter in which the person is registered elsewhere; <see cref="Quarters"/> for who does not move away.</summary>
    internal short[] Moved { get; }

    /// <summary>What was, or would be, measured of a person in a quarter.</summary>
    /// <param name="person">The person's place.</param>
    /// <param name="measure">The measure's place in <see cref="Population"/>.</param>
    /// <param name="quarter">The quarter, from 0.</param>
    public double Value(int person, int measure, int quarter) => Values[At(person, measure, quarter)];

    /// <summary>The quarter in which a person started a method; −1 for never.</summary>
    /// <param name="person">The person's place.</param>
    /// <param name="slot">The method's place in <see cref="Population.Methods"/>.</param>
    public int Start(int person, int slot) => Starts[(person * Population.Methods.Count) + slot];

    /// <summary>Whether a person is a woman.</summary>
    /// <param name="person">The person's place.</param>
    public bool IsWoman(int person) => Traits[person].Woman;

    /// <summary>A person's year of birth.</summary>
    /// <param name="person">The person's place.</param>
    public int BirthYear(int person) => Traits[person].BirthYear;

    /// <summary>A person's country of birth, as the catalogue writes it.</summary>
    /// <param name="person">The person's place.</param>
    public string CountryOfBirth(int person) => PersonTraits.Countries[Traits[person].Country];

    /// <summary>A person's household, as the catalogue writes it.</summary>
    /// <param name="person">The person's place.</param>
    public string Household(int person) => PersonTraits.Households[Traits[person].Household];

    /// <summary>An adult's schooling, as the catalogue writes it; null when it is not known.</summary>
    /// <param name="person">The person's place.</param>
    public string? Education(int person) => Traits[person].EducationKnown ? PersonTraits.Educations[Traits[person].Education] : null;

    /// <summary>The first quarter that the municipality reports of a person.</summary>
    /// <param name="person">The person's place.</param>
    public int FirstReported(int person) => First[person];

    /// <summary>The last quarter that the municipality reports of a person.</summary>
    /// <param name="person">The person's place.</param>
    public int LastReported(int person) => Last[person];

    /// <summary>The last quarter that anybody in the country follows the person in, here or where the person moved.</summary>
    /// <param name="person">The person's place.</param>
    public int LastFollowed(int person) => Followed[person];

    internal int At(int person, int measure, int quarter) => (((person * Population.Measures.Length) + measure) * Quarters) + quarter;
}
