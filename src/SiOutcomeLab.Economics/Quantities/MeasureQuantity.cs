using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Economics.Money;

namespace SiOutcomeLab.Economics.Quantities;

/// <summary>How much of a measure there is per person in a year after the start: a mean, or an effect on a mean.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="Unit">Its unit, as the measure catalogue's English word, e.g. <c>days</c>.</param>
/// <param name="EventYear">The year after the start; from 1, as outcomes count.</param>
/// <param name="Mean">Units per person in that year; for an effect, participants minus what they would have had.</param>
/// <param name="StandardError">Its standard error; zero or more.</param>
/// <param name="Provenance">Whether the measure itself was measured, modelled from a proxy or assumed.</param>
/// <param name="Contributors">How many stand behind it.</param>
public sealed record MeasureQuantity(
    MeasureCode Measure,
    string Unit,
    int EventYear,
    double Mean,
    double StandardError,
    Provenance Provenance,
    Contributors Contributors);
