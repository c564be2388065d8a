namespace SiOutcomeLab.Statistics.Matching;

/// <summary>In which order treated rows choose their controls; the choice matters only without replacement.</summary>
public enum MatchingOrder
{
    /// <summary>Largest score first: those hardest to match choose first. The default, as in MatchIt.</summary>
    LargestFirst = 0,

    /// <summary>Smallest score first.</summary>
    SmallestFirst = 1,

    /// <summary>By ascending order key.</summary>
    AsGiven = 2,

    /// <summary>Again and again the pair with the smallest distance of those still possible.</summary>
    ClosestFirst = 3,

    /// <summary>Largest distance to the nearest control first, as it is when a round of controls begins.</summary>
    FarthestFirst = 4
}
