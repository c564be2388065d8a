using System.Globalization;
using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Hub.Web;
using SiOutcomeLab.Hub.Web.Words;
using SiOutcomeLab.Pipelines.Evaluation;

namespace SiOutcomeLab.Hub.Features.Explaining;

/// <summary>The chain from rows to kronor in plain words, from what has been released and from facts of the catalogue alone.</summary>
internal static class ExplanationWords
{
    private const int ShownOfHash = 12;

    public static string Rows(ReleasedEffect e, IReadOnlyList<Submission> submissions, PageLanguage language)
    {
        var (all, own) = (submissions.Count, submissions.Count(s => s.Organisation == e.Plan.Organisation));
        var organisations = submissions.Select(s => s.Organisation).Distinct().Count();
        var hash = e.Lineage.SnapshotHash[..ShownOfHash];
        var (whoseSv, whoseEn) = own < all ? ($"{own} av dem {(own == 1 ? "egen" : "egna")}", $"{own} of them its own")
            : all == 1 ? ("den egna", "its own")
            : ("alla egna", "all of them its own");
        return language.Pick(
            $"Underlaget är {all} {(all == 1 ? "leverans" : "leveranser")} från {organisations} "
                + $"{(organisations == 1 ? "organisation" : "organisationer")}, {whoseSv}, {(all == 1 ? "låst" : "låsta")} som underlag {hash}…",
            $"It rests on {all} {(all == 1 ? "submission" : "submissions")} from {organisations} "
                + $"{(organisations == 1 ? "organisation" : "organisations")}, {whoseEn}, locked as snapshot {hash}…");
    }

    public static string Plan(ReleasedEffect e, PageLanguage language)
    {
        var plan = e.Plan;
        return language.Pick(
            $"Planen {plan.Id}, version {plan.Version}, är {PlanWords.Of(e.PlanTiming).Sv} och låst med hash {e.PlanHash[..ShownOfHash]}…; "
                + $"detta är titt {e.Lineage.Look} av {plan.Looks.Count}.",
            $"The plan {plan.Id}, version {plan.Version}, is {PlanWords.Of(e.PlanTiming).En} and locked by hash {e.PlanHash[..ShownOfHash]}…; "
                + $"this is look {e.Lineage.Look} of {plan.Looks.Count}.");
    }

    public static string Persons(ReleasedEffect e, PageLanguage language)
    {
        var numbers = new ReleasedNumbers(language);
        var steps = e.Flow.Select(s => language.Pick(
            $"{EffectWords.Of(s.Step).Sv}: {numbers.Persons(s.Treated)} deltagare och {numbers.Persons(s.Comparison)} jämförelsepersoner",
            $"{EffectWords.Of(s.Step).En}: {numbers.Persons(s.Treated)} participants and {numbers.Persons(s.Comparison)} comparison persons"));
        var lost = e.Attrition is { } attrition ? $" {language.Pick(AttritionWords.Lost(attrition, language))}" : string.Empty;
        return string.Join(". ", steps) + "." + lost;
    }

    public static string Comparison(ReleasedEffect e, PageLanguage language)
    {
        var pool = language.Pick(EffectWords.Of(e.Pool ?? e.Plan.Pool));
        var alike = PlanWords.Of(e.Plan.Balancing, language);
        var used = e.Estimate is not { } estimate ? string.Empty : language.Pick(
            $" I skattningen är {new ReleasedNumbers(language).Persons(estimate.Comparison)} jämförelsepersoner, värda "
                + $"{new ReleasedNumbers(language).Persons(estimate.EffectiveComparison)} oviktade.",
            $" The estimate uses {new ReleasedNumbers(language).Persons(estimate.Comparison)} comparison persons, worth "
                + $"{new ReleasedNumbers(language).Persons(estimate.EffectiveComparison)} unweighted.");
        return language.Pick($"Jämförs med: {pool}. Görs lika genom: {alike}.", $"Compared with: {pool}. Made alike by: {alike}.") + used + Received(e, language);
    }

    private static string Received(ReleasedEffect e, PageLanguage language)
    {
        if (e.Received is not { } mix) return string.Empty;
        var parts = mix.Methods.Select(r => $"{language.Pick(ReceivedWords.Name(e, r))}: {ReceivedWords.Part(r.Comparison, language)}")
            .Prepend($"{language.Pick(ReceivedWords.Name(e, mix.Nothing))}: {ReceivedWords.Nothing(mix, r => r.Comparison, language)}");
        return $" {language.Pick(ReceivedWords.Against)} {string.Join("; ", parts)}.";
    }

    public static string Balance(ReleasedEffect e, PageLanguage language)
    {
        if (e.Diagnostics is not { } d) return language.Pick("Ingen jämförelse kunde göras.", "No comparison could be made.");
        var numbers = new ReleasedNumbers(language);
        return language.Pick(EffectWords.Of(d.Verdict)) + language.Pick(
            $" Den största skillnaden var {numbers.Text(d.LargestSmdBefore, 2)} standardavvikelser före och {numbers.Text(d.LargestSmdAfter, 2)} efter.",
            $" The largest difference was {numbers.Text(d.LargestSmdBefore, 2)} standard deviations before and {numbers.Text(d.LargestSmdAfter, 2)} after.");
    }

    public static string Estimate(ReleasedEffect e, PageLanguage language)
    {
        var sentence = language.Pick(e.Sentence);
        if (e.Estimate is not { } estimate) return sentence;
        var (numbers, words) = (new ReleasedNumbers(language), ReleasedNumbers.WordsOf(e.Outcome.Measure));
        var look = LookWords.Short(e) is not null && LookWords.Sentence(e, language) is { } told ? $" {language.Pick(told)}" : string.Empty;
        var bounds = e.Attrition?.Bounds is { } between ? $" {language.Pick(AttritionWords.Bounds(e, between, language))}" : string.Empty;
        return sentence + look + language.Pick(
            $" Skattat med {Estimators.Of(e.Estimator).Name.Sv}: {numbers.PointAndInterval(estimate, words)}.",
            $" Estimated by {Estimators.Of(e.Estimator).Name.En}: {numbers.PointAndInterval(estimate, words)}.") + bounds;
    }

    public static string Gate(string ruleVersion, PageLanguage language) => ruleVersion == OpenDataPolicy.Instance.RuleVersion
        ? language.Pick(
            $"Röjandereglerna {ruleVersion}: öppna data, som visas exakt.", $"The disclosure rules {ruleVersion}: open data, which are shown exactly.")
        : language.Pick(
            $"Röjandereglerna {ruleVersion}: antal visas från {StandardPolicy.MinimumPersons} personer och avrundas till 5, andra tal till tre siffror; "
                + $"en skattning kräver {StandardPolicy.MinimumArm} personer i varje grupp; andelar räknas bara av visade antal.",
            $"The disclosure rules {ruleVersion}: counts are shown from {StandardPolicy.MinimumPersons} persons and rounded to 5, other numbers to three "
                + $"digits; an estimate takes {StandardPolicy.MinimumArm} persons in each group; shares are reckoned from counts as shown.");

    public static string Kronor(ReleasedEffect e, IReadOnlyList<ReleasedCosts> costs, PageLanguage language) => e.Role != EstimateRole.Headline
        ? language.Pick(
            "Kronor räknas på körningens huvudresultat, inte på skattningarna bredvid.", "Kronor are reckoned from the run's headline, not from the estimates beside it.")
        : costs.Count == 0 ? language.Pick("Inga kronor är räknade för denna körning.", "No kronor have been reckoned for this run.")
        : string.Join(' ', costs.Select(c => $"{c.Name}: {Kronor(c, language)}".TrimEnd()));

    /// <summary>What is said by one set of unit costs.</summary>
    public static string Kronor(ReleasedCosts costs, PageLanguage language) => string.Join(' ', costs.Sentences.Select(language.Pick));

    public static string Computation(ReleasedEffect e, PageLanguage language)
    {
        var day = SwedishDay.Text(e.Lineage.ComputedAt);
        return language.Pick(
            $"Räknat {day} med kod {e.Lineage.CodeVersion} och frö {e.Lineage.Seed}; silab effects reproduce räknar om det.",
            $"Computed {day} by code {e.Lineage.CodeVersion} with seed {e.Lineage.Seed}; silab effects reproduce makes it again.");
    }
}
