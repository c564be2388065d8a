using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Hub.Web.Markup;
using SiOutcomeLab.Hub.Web.Words;
using static SiOutcomeLab.Hub.Web.FilterForm;

namespace SiOutcomeLab.Hub.Web.Effects;

/// <summary>The form above the list. It offers what interventions have been registered with, which is known to everybody.</summary>
internal static class EffectFilterForm
{
    public static Node Of(EffectQuestion question, IReadOnlyList<Intervention> interventions, PageLanguage language)
    {
        var filter = question.Filter;
        var organisations = interventions.Select(i => i.Organisation.Code).Distinct()
            .Select(c => (Code: c, Name: language.Pick(Names.Organisation(c)))).OrderBy(o => o.Name, StringComparer.Ordinal).ThenBy(o =>
                o.Code, StringComparer.Ordinal);
        var methods = interventions.Select(i => i.Method).Distinct().Order(StringComparer.Ordinal).Select(m => (m, m));
        var measures = MeasureCatalogue.Current.All.Select(m => (m.Code.Code, language.Pick(m.Words.Name)));
        var statuses = EffectQuestion.Statuses.Select(s => (s.Word, language.Pick(EffectWords.Of(s.Status))));
        var status = EffectQuestion.Statuses.FirstOrDefault(s => s.Status == filter.Status).Word;
        return Form(
            EffectListPage.Path,
            language,
            Choice(EffectQuestion.Organisation, language.Pick("Organisation", "Organisation"), organisations, filter.Organisation,
                language),
            Choice(EffectQuestion.Method, language.Pick("Metod", "Method"), methods, filter.Method, language),
            Choice(EffectQuestion.Measure, language.Pick("Mått", "Measure"), measures, filter.Measure, language),
            Choice(EffectQuestion.Status, language.Pick("Utfall av skattningen", "What came of it"), statuses, status, language),
            Text(EffectQuestion.Plan, language.Pick("Planens kod", "The plan's code"), filter.Plan),
            Tick(
                EffectQuestion.All,
                language.Pick("Visa även skattningar bredvid huvudresultatet", "Show estimates beside the headline too"),
                !filter.HeadlineOnly));
    }
}
