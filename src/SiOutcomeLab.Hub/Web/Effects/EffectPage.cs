using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Domain.Benchmarks;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Hub.Features.Explaining;
using SiOutcomeLab.Hub.Web.Benchmarks;
using SiOutcomeLab.Hub.Web.Costs;
using SiOutcomeLab.Hub.Web.Markup;
using SiOutcomeLab.Hub.Web.Words;
using SiOutcomeLab.Storage.Catalogue;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web.Effects;

/// <summary>One effect, whole: what it says, what may be concluded, its numbers, what stands beside it, and who was compared.</summary>
internal sealed class EffectPage(IReleaseStore releases, IBenchmarkReleases benchmarks, GivenUpNotice givenUp)
{
    // More than a plan can ask for: its outcomes, estimators, pools and subgroups are limited at registration.
    private const int MostOfARun = 500;

    public async Task<Page?> ShowAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var name = "effects/" + request.Id;
        if (name.Length > 200 || await releases.FindAsync(name, request.Audience, cancellationToken) is not { } found) return null;
        var effect = found.Value;
        var ofPlan = await releases.ListAsync(
            new EffectFilter(null, effect.Plan.Id, null, null, null, HeadlineOnly: false),
            request.Audience,
            null,
            MostOfARun,
            cancellationToken);
        var ofRun = ofPlan.Select(r => r.Value).Where(e => e.RunId == effect.RunId).OrderBy(e => e.Role).ThenBy(e => e.Name.Length)
            .ThenBy(e => e.Name, StringComparer.Ordinal).ToArray();
        var standing = await releases.StandingAsync([name], cancellationToken);
        var language = request.Language;
        var key = new BenchmarkKey(effect.Plan.Project, effect.Method, effect.Plan.PeriodLength, effect.Outcome);
        var pooled = await BenchmarkPage.CurrentAsync(benchmarks, key, request.Audience, cancellationToken);
        return new Page(
            language.Pick(effect.Plan.Title),
            P(KindOf(effect, language)).With("class", "told"),
            LookWords.Short(effect) is { } look ? P(Strong(Capital(language.Pick(look)))).With("class", "told") : new Fragment(),
            P(language.Pick(effect.Sentence)).With("class", "lead"),
            pooled is null ? new Fragment() : P(A(
                language.Href("/" + pooled.Value.Name),
                language.Pick("Samma metod och utfall, sammanvägt över kommuner", "The same method and outcome, pooled over municipalities"))),
            ConclusionSection.Of(effect, standing.GetValueOrDefault(name, DataStanding.Current), isCurrent: ofRun.Length > 0, language),
            await givenUp.OfRunAsync(effect, request, cancellationToken) ?? new Fragment(),
            NumberSection.Of(effect, language),
            EventStudySection.Of(effect, language),
            BesideSection.Of(effect, ofRun, language),
            FlowSection.Of(effect, language),
            AttritionSection.Of(effect, language),
            ReceivedSection.Of(effect, language),
            BalanceSection.Of(effect, language),
            LineageSection.Of(found, EffectExplanations.IsFor(request.Caller, effect), language));
    }

    /// <summary>Which of a plan's effects it is.</summary>
    public static Fragment KindOf(ReleasedEffect e, PageLanguage language)
    {
        var parts = new List<string>
        {
            language.Pick(Names.Organisation(e.Plan.Organisation)),
            e.Method,
            language.Pick(PlanWords.Of(e.Outcome, e.Plan.PeriodLength)),
            language.Pick(EffectWords.Of(e.Role)),
            language.Pick(Estimators.Of(e.Estimator).Name),
        };
        if (e.Label is { } label) parts.Add(language.Pick(Names.Part(e.Division, label, e.Plan.PeriodLength)));
        if (e.Pool is { } pool) parts.Add(language.Pick("jämfört med ", "compared with ") + language.Pick(EffectWords.Of(pool)));
        return new Fragment(string.Join(" · ", parts));
    }

    private static string Capital(string text) => string.Concat(text[..1].ToUpperInvariant(), text[1..]);
}
