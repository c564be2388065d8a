using SiOutcomeLab.Domain;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Protos.Intake.V1;
using SiOutcomeLab.Protos.Plans.V1;
using SiOutcomeLab.Protos.Runs.V1;
using EstimatorKind = SiOutcomeLab.Domain.Plans.EstimatorKind;
using Estimators = SiOutcomeLab.Domain.Plans.Estimators;

namespace SiOutcomeLab.Cli.Words;

/// <summary>The contract's enums in words. A value of a later version reads as its number's name.</summary>
internal static class EnumWords
{
    public static BilingualText Of(Estimator estimator) =>
        Enum.IsDefined((EstimatorKind)estimator) ? Estimators.Of((EstimatorKind)estimator).Name : Plain(estimator);

    public static BilingualText Of(UploadState state) => state switch
    {
        UploadState.Open => new("öppen", "open"),
        UploadState.Accepted => new("mottagen", "accepted"),
        UploadState.Refused => new("nekad", "refused"),
        UploadState.Cancelled => new("avbruten", "cancelled"),
        UploadState.Expired => new("utgången", "expired"),
        UploadState.Poisoned => new("förstörd", "spoilt"),
        UploadState.Checking => new("kontrolleras", "being checked"),
        UploadState.Committing => new("sparas", "committing"),
        _ => Plain(state),
    };

    public static BilingualText Of(Standing standing) => standing switch
    {
        Standing.Verified => new("verifierad", "verified"),
        Standing.Indicative => new("indikativ", "indicative"),
        Standing.Unspecified => new("–", "–"),
        _ => Plain(standing),
    };

    public static BilingualText Of(Effect.ResultOneofCase result) => result switch
    {
        Effect.ResultOneofCase.Estimate => new("skattad", "estimated"),
        Effect.ResultOneofCase.NotEstimable => new("går inte att skatta", "not estimable"),
        Effect.ResultOneofCase.Withheld => new("visas inte", "withheld"),
        Effect.ResultOneofCase.Tombstone => new("gäller inte längre", "stands no more"),
        _ => new("–", "–"),
    };

    public static BilingualText Of(EstimateRole role) => role switch
    {
        EstimateRole.Headline => new("huvudresultat", "headline"),
        EstimateRole.Sensitivity => new("känslighet", "sensitivity"),
        EstimateRole.Secondary => new("annat utfall", "secondary outcome"),
        EstimateRole.NegativeControl => new("negativ kontroll", "negative control"),
        EstimateRole.Subgroup => new("delgrupp", "subgroup"),
        _ => Plain(role),
    };

    public static BilingualText Of(EstimateGroup group) => group switch
    {
        EstimateGroup.AllTreated => new("alla deltagare", "all participants"),
        EstimateGroup.MatchedTreated => new("de deltagare som fick en jämförelseperson", "the participants who found a comparison person"),
        EstimateGroup.Overlap => new("dem som lika gärna kunde ha varit med som inte", "those who could as well have taken part as not"),
        _ => Plain(group),
    };

    public static BilingualText Of(PlanTiming timing) => timing switch
    {
        PlanTiming.Prospective => new("prospektiv", "prospective"),
        PlanTiming.Retrospective => new("retrospektiv", "retrospective"),
        _ => Plain(timing),
    };

    public static BilingualText Of(PlanState state) => state switch
    {
        PlanState.Registered => new("registrerad", "registered"),
        PlanState.Running => new("pågår", "running"),
        PlanState.Interim => new("delresultat", "interim"),
        PlanState.Final => new("slutresultat", "final"),
        PlanState.Closed => new("stängd", "closed"),
        PlanState.Replaced => new("ersatt", "replaced"),
        _ => Plain(state),
    };

    public static BilingualText Of(FeasibilityObstacle obstacle) => obstacle switch
    {
        FeasibilityObstacle.NoFollowUp => new(
            "Hubben har ingen uppföljning så lång som planens horisont: leverera fler perioder, eller välj en kortare horisont.",
            "The hub holds no follow-up as long as the plan's horizon: send more periods, or choose a shorter horizon."),
        FeasibilityObstacle.FewPersons => new(
            "För få personer följs för att talen ska få visas: vidga målgruppen eller poolen.",
            "Too few persons are followed for their numbers to be shown: widen the target group or the pool."),
        FeasibilityObstacle.NoVariation => new(
            "Måttet är lika för alla, eller så är egenskaperna för många: välj ett annat mått eller färre egenskaper.",
            "The measure is the same for all, or the covariates are too many: choose another measure or fewer covariates."),
        FeasibilityObstacle.ErrorSpent => new(
            "Tidigare versioner och planer har förbrukat frågans felrisk: en ny plan på samma mått kan inte avgöra något.",
            "Earlier versions and plans have spent the question's error: a new plan on the same measure can decide nothing."),
        FeasibilityObstacle.TooFewExpected => new(
            "För få deltagare eller jämförelsepersoner blir kvar att jämföra.", "Too few participants or comparison persons remain to compare."),
        _ => Plain(obstacle),
    };

    public static BilingualText Of(FlowStepKind step) => step switch
    {
        FlowStepKind.Observed => new("började eller observerades", "started, or observed"),
        FlowStepKind.InTargetGroup => new("i målgruppen", "in the target group"),
        FlowStepKind.CovariatesKnown => new("alla egenskaper kända", "every covariate known"),
        FlowStepKind.OutcomeObserved => new("utfallet observerat", "outcome observed"),
        FlowStepKind.Used => new("använda i skattningen", "used by the estimate"),
        _ => Plain(step),
    };

    public static BilingualText Of(LossReason reason) => reason switch
    {
        LossReason.Moved => new("flyttat", "moved"),
        LossReason.Died => new("avlidit", "died"),
        LossReason.AgedOut => new("vuxit ur gruppen", "grew out of the group"),
        LossReason.NotReported => new("inte rapporterats", "not reported"),
        LossReason.StartedLater => new("börjat senare", "started later"),
        LossReason.Several => new("flera skäl", "several reasons"),
        _ => Plain(reason),
    };

    public static BilingualText Of(GateVerdict verdict) => verdict switch
    {
        GateVerdict.Pass => new("godkänd: alla inom 0,1", "passed: all within 0.1"),
        GateVerdict.Amber => new("gul: någon mellan 0,1 och 0,25", "amber: some between 0.1 and 0.25"),
        GateVerdict.Fail => new("underkänd: någon för långt ifrån", "failed: some too far apart"),
        _ => Plain(verdict),
    };

    public static BilingualText Of(Suppression reason) => reason switch
    {
        Suppression.FewPersons => new("vilar på för få personer", "rests on too few persons"),
        Suppression.Secondary => new("kunde räknas ut ur ett annat dolt tal", "could be worked out from another withheld number"),
        Suppression.FewDegreesOfFreedom => new("för få personer för modellen", "too few persons for the model"),
        Suppression.Dominance => new("en eller två utgör nästan hela talet", "one or two make up nearly all of it"),
        Suppression.FewContributors => new("vilar på för få kommuner", "rests on too few municipalities"),
        _ => Plain(reason),
    };

    public static BilingualText Of(DataStanding standing) => standing switch
    {
        DataStanding.Current => new("underlaget är oförändrat", "its data are as they were"),
        DataStanding.Superseded => new(
            "OBS: en del av underlaget har ersatts av en senare leverans", "NOTE: some of its data have been replaced by a later submission"),
        DataStanding.Withdrawn => new("OBS: en del av underlaget har tagits tillbaka", "NOTE: some of its data have been withdrawn"),
        DataStanding.Erased => new(
            "OBS: rader i underlaget har raderats enligt lag; skattningen kan inte göras om",
            "NOTE: rows of its data have been erased by law; the estimate cannot be made again"),
        _ => Plain(standing),
    };

    public static BilingualText Of(RunState state) => state switch
    {
        RunState.Queued => new("väntar", "queued"),
        RunState.Running => new("pågår", "running"),
        RunState.Succeeded => new("klar", "done"),
        RunState.Failed => new("misslyckad", "failed"),
        RunState.Obsolete => new("inaktuell: underlaget har ändrats", "obsolete: its data have changed"),
        RunState.Cancelled => new("avbruten", "cancelled"),
        _ => Plain(state),
    };

    public static BilingualText Of(RunCause cause) => cause switch
    {
        RunCause.LookDue => new("granskningen är inne", "its look is due"),
        RunCause.Requested => new("begärd", "asked for"),
        RunCause.DataChanged => new("underlaget har ändrats", "its data have changed"),
        _ => Plain(cause),
    };

    public static BilingualText Of(RunStage stage) => stage switch
    {
        RunStage.Unspecified => new("inte börjad", "not started"),
        RunStage.BuildingCohort => new("bygger kohorten", "building the cohort"),
        RunStage.FittingPropensity => new("skattar propensity", "fitting propensity"),
        RunStage.Balancing => new("gör grupperna lika", "balancing the groups"),
        RunStage.Diagnosing => new("granskar blint för utfallet", "diagnosing, blind to the outcome"),
        RunStage.Estimating => new("skattar effekten", "estimating the effect"),
        RunStage.Releasing => new("prövar röjanderisk", "passing the disclosure gate"),
        RunStage.Done => new("klar", "done"),
        _ => Plain(stage),
    };

    private static BilingualText Plain<T>(T value)
        where T : struct, Enum => new(value.ToString(), value.ToString());
}
