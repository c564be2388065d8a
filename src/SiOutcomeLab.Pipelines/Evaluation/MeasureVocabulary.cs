using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Measures;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>How the measures of the catalogue are spoken of.</summary>
public static class MeasureVocabulary
{
    /// <summary>The words of a measure; its code serves as name and unit when the catalogue no longer has it.</summary>
    public static MeasureWords Of(MeasureCode measure) => MeasureCatalogue.Current.TryFind(measure.Code, out var found)
        ? new MeasureWords(
            new BilingualText(found.NameSv, found.NameEn),
            new BilingualText(found.UnitSv, found.UnitEn),
            found.Direction switch
            {
                Direction.HigherBetter => MeasureDirection.HigherIsBetter,
                Direction.LowerBetter => MeasureDirection.LowerIsBetter,
                _ => MeasureDirection.Neutral,
            },
            found.IsRate)
        : new MeasureWords(new BilingualText(measure.Code, measure.Code), new BilingualText("enheter", "units"), MeasureDirection.Neutral, IsRate: false);
}
