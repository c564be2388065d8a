using SiOutcomeLab.Country.Programme;

namespace SiOutcomeLab.Country.Making;

/// <summary>What a municipality does with a population: its level, and for each of the two methods when, for whom and how well.</summary>
internal sealed class PopulationTerms
{
    public PopulationTerms(Population population)
    {
        Population = population;
        Levels = new double[population.Measures.Length];
        Slots = new SlotTerms?[population.Methods.Count];
    }

    public Population Population { get; }

    /// <summary>What all persons of the municipality share, measure by measure.</summary>
    public double[] Levels { get; }

    /// <summary>The municipality's intervention by each of the population's methods; null when it runs none.</summary>
    public SlotTerms?[] Slots { get; }
}

/// <summary>One intervention's terms.</summary>
/// <param name="Design">When and how strong.</param>
/// <param name="GroupSeed">The seed of what groups share.</param>
internal sealed record SlotTerms(InterventionDesign Design, ulong GroupSeed)
{
    /// <summary>The constant of the log odds of starting, start quarter by start quarter.</summary>
    public double[] Constants { get; } = new double[Design.StartQuarters];

    /// <summary>Groups that start in each quarter, of about twelve; none unless group-delivered.</summary>
    public int Groups { get; } = Design.Method.IsGroupDelivered
        ? Math.Max(1, (int)((Design.Participants / Design.StartQuarters / 12) + 0.5))
        : 0;
}
