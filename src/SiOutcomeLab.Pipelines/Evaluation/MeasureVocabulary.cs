using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Measures;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>How the measures of the catalogue are spoken of.</summary>
public static class MeasureVocabulary
{
    /// <summary>The words of a measure; its code serves as name when the catalogue no longer has it.</summary>
    public static MeasureWords Of(MeasureCode measure) => MeasureCatalogue.Current.TryFind(measure.Code, out var found)
        ? found.Words
        : new MeasureWords(new BilingualText(measure.Code, measure.Code), new BilingualText("enheter", "units"), MeasureDirection.Neutral, IsRate: false);
}
