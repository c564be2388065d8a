namespace SiOutcomeLab.Domain.Effects;

/// <summary>What is new between two results of a plan. The order is the order in which parts are changed.</summary>
public enum ChangeSource
{
    /// <summary>The code that computes.</summary>
    Code = 1,

    /// <summary>The plan's version, or its look.</summary>
    Plan = 2,

    /// <summary>The own participants.</summary>
    OwnParticipants = 3,

    /// <summary>Comparison persons of the own organisation's data.</summary>
    OwnComparison = 4,

    /// <summary>Comparison persons of other organisations' data.</summary>
    OthersData = 5,

    /// <summary>Prices, which are no part of an effect.</summary>
    Prices = 6,
}

/// <summary>A result in which one more part is new.</summary>
/// <param name="Source">What is new.</param>
/// <param name="After">The result, its headline alone.</param>
/// <param name="PersonsDiffering">How many persons' rows differ from the result before, where persons are what is new.</param>
public sealed record ChangeStep(ChangeSource Source, EvaluationResult After, int PersonsDiffering);
