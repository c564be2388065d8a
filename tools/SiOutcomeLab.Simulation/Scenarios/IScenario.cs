using SiOutcomeLab.Simulation.Running;
using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Simulation.Scenarios;

/// <summary>A way in which data come about, with its truth known, and the estimators that are tried on it.</summary>
internal interface IScenario
{
    string Name { get; }

    /// <summary>What is special about it, in a sentence.</summary>
    string What { get; }

    IReadOnlyList<string> Estimators { get; }

    /// <summary>Whether the estimator's own assumptions hold here, so that its intervals ought to cover.</summary>
    bool AssumptionsHold(string estimator);

    /// <summary>Draws one data set and asks every estimator.</summary>
    /// <param name="draws">The replicate's random numbers.</param>
    /// <param name="isNull">True for no effect on anybody.</param>
    IReadOnlyList<Answer> Replicate(ReplicateRandom draws, bool isNull);
}
