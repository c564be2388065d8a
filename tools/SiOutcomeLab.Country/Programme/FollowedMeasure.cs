using SiOutcomeLab.Contract;

namespace SiOutcomeLab.Country.Programme;

/// <summary>How a measure comes out of a person's standing.</summary>
internal enum MeasureForm
{
    /// <summary>0–3 months of a quarter, each with the logistic chance.</summary>
    Months = 1,

    /// <summary>0–6 fortnights of 15 days, each with the logistic chance; at most 90 days, which fits every quarter.</summary>
    Fortnights = 2,

    /// <summary>Per cent of a time, 9 · e^(0.35 η), one decimal, at most 100.</summary>
    Percent = 3,

    /// <summary>A Poisson count with mean e^η.</summary>
    Count = 4,
}

/// <summary>A measure of a population, and what moves it.</summary>
/// <param name="Code">Its code in the measure catalogue.</param>
/// <param name="Form">How it is made from the index η.</param>
/// <param name="Base">η of a person of average standing.</param>
/// <param name="Load">How much one standard deviation of need moves η.</param>
/// <param name="Background">How much the background score (single, schooling, sex, age) moves η.</param>
internal sealed record FollowedMeasure(string Code, MeasureForm Form, double Base, double Load, double Background)
{
    /// <summary>Uniform draws that one quarter of it takes.</summary>
    public int Draws { get; } = Form switch { MeasureForm.Months => 3, MeasureForm.Fortnights => 6, MeasureForm.Count => 1, _ => 0 };

    /// <summary>The kind of organisation that owns and sends it.</summary>
    public OwningSource Owner { get; } = MeasureCatalogue.Current.TryFind(Code, out var measure)
        ? measure.OwningSource
        : throw new InvalidDataException($"The measure catalogue has no {Code}.");

    /// <summary>Whether its values are whole numbers.</summary>
    public bool IsWhole => Form != MeasureForm.Percent;
}
