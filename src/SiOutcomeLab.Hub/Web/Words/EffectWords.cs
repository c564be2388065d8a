using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Hub.Web.Words;

/// <summary>What is said of an effect, in words; one entry per value.</summary>
internal static class EffectWords
{
    public static BilingualText Of(EffectStatus status) => status switch
    {
        EffectStatus.Estimated => new("skattad", "estimated"),
        EffectStatus.NotEstimable => new("går inte att skatta", "not estimable"),
        EffectStatus.Withheld => new("visas inte", "withheld"),
        _ => throw Unknown(nameof(status), status),
    };

    public static BilingualText Of(Standing standing) => standing switch
    {
        Standing.Verified => new("verifierad", "verified"),
        Standing.Indicative => new("indikativ", "indicative"),
        _ => throw Unknown(nameof(standing), standing),
    };

    public static BilingualText Of(EstimateRole role) => role switch
    {
        EstimateRole.Headline => new("huvudresultat", "headline"),
        EstimateRole.Sensitivity => new("känslighet", "sensitivity"),
        EstimateRole.Secondary => new("annat utfall", "secondary outcome"),
        EstimateRole.NegativeControl => new("negativ kontroll", "negative control"),
        EstimateRole.Subgroup => new("delgrupp", "subgroup"),
        _ => throw Unknown(nameof(role), role),
    };

    public static BilingualText Of(EstimateGroup group) => group switch
    {
        EstimateGroup.AllTreated => new("alla deltagare", "all participants"),
        EstimateGroup.MatchedTreated => new("de deltagare som fick en jämförelseperson", "the participants who found a comparison person"),
        EstimateGroup.Overlap => new("dem som lika gärna kunde ha varit med som inte", "those who could as well have taken part as not"),
        _ => throw Unknown(nameof(group), group),
    };

    public static BilingualText Of(FlowStepKind step) => step switch
    {
        FlowStepKind.Observed => new("Började, eller observerades utan att börja", "Started, or observed without starting"),
        FlowStepKind.InTargetGroup => new("I målgruppen", "In the target group"),
        FlowStepKind.CovariatesKnown => new("Alla egenskaper kända", "Every covariate known"),
        FlowStepKind.OutcomeObserved => new("Utfallet observerat", "Outcome observed"),
        FlowStepKind.Used => new("Använda i skattningen", "Used by the estimate"),
        _ => throw Unknown(nameof(step), step),
    };

    public static BilingualText Of(GateVerdict verdict) => verdict switch
    {
        GateVerdict.Pass => new(
            "Jämförelsen är godkänd: i alla egenskaper skiljer sig grupperna högst 0,1 standardavvikelser.",
            "The comparison passed: in every covariate the groups differ by at most 0.1 standard deviations."),
        GateVerdict.Amber => new(
            "Jämförelsen är gul: i någon egenskap skiljer sig grupperna mellan 0,1 och 0,25 standardavvikelser.",
            "The comparison is amber: in some covariate the groups differ by between 0.1 and 0.25 standard deviations."),
        GateVerdict.Fail => new(
            "Jämförelsen är underkänd: grupperna skiljer sig för mycket före starten, och därför ges ingen skattning.",
            "The comparison failed: the groups differ too much before the start, and so no estimate is given."),
        _ => throw Unknown(nameof(verdict), verdict),
    };

    public static BilingualText Of(SuppressionReason reason) => reason switch
    {
        SuppressionReason.FewPersons => new("vilar på för få personer", "rests on too few persons"),
        SuppressionReason.Secondary => new("kunde räknas ut tillsammans med ett annat dolt tal",
            "could be worked out together with another withheld number"),
        SuppressionReason.FewDegreesOfFreedom => new("för få personer för modellen", "too few persons for the model"),
        SuppressionReason.Dominance => new("en eller två utgör nästan hela talet", "one or two make up nearly all of it"),
        SuppressionReason.FewContributors => new("vilar på för få kommuner", "rests on too few municipalities"),
        _ => throw Unknown(nameof(reason), reason),
    };

    /// <summary>What has become of the data; null when nothing has.</summary>
    public static BilingualText? Of(DataStanding standing) => standing switch
    {
        DataStanding.Current => null,
        DataStanding.Superseded => new(
            "En del av underlaget har ersatts av en senare leverans sedan detta räknades.",
            "Some of the data have been replaced by a later submission since this was computed."),
        DataStanding.Withdrawn => new(
            "En del av underlaget har tagits tillbaka av sin ägare sedan detta räknades.",
            "Some of the data have been withdrawn by their owner since this was computed."),
        DataStanding.Erased => new(
            "Rader i underlaget har raderats enligt lag. Skattningen kan inte göras om av det som finns kvar.",
            "Rows of the data have been erased by law. The estimate cannot be made again from what is kept."),
        _ => throw Unknown(nameof(standing), standing),
    };

    public static BilingualText Of(ComparisonPool pool) => pool switch
    {
        ComparisonPool.OwnOrganisation => new("den egna organisationen", "the own organisation"),
        ComparisonPool.Project => new("alla i projektet som tillåter det", "everybody in the project who allows it"),
        ComparisonPool.MunicipalityGroup => new("den egna kommungruppen", "the own municipality group"),
        ComparisonPool.Similar => new("de kommuner som är mest lika", "the municipalities most alike"),
        _ => throw Unknown(nameof(pool), pool),
    };

    private static ArgumentOutOfRangeException Unknown(string name, object value) =>
        new(name, value, "A value without words; add it here.");
}
