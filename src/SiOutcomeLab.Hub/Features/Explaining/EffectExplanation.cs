using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Hub.Web;

namespace SiOutcomeLab.Hub.Features.Explaining;

/// <summary>What an effect is explained by, to one who may have it explained.</summary>
/// <param name="Release">The effect as released.</param>
/// <param name="Submissions">What was read.</param>
/// <param name="Costs">Its kronor as released, those that stand; none but of a headline.</param>
internal sealed record EffectExplanation(
    Released<ReleasedEffect> Release, IReadOnlyList<Submission> Submissions, IReadOnlyList<Released<ReleasedCosts>> Costs)
{
    public ReleasedEffect Effect => Release.Value;

    /// <summary>What is said of a link of the chain, by the call and on the page.</summary>
    public string Say(ChainLink link, PageLanguage language) => link switch
    {
        ChainLink.Rows => ExplanationWords.Rows(Effect, Submissions, language),
        ChainLink.Plan => ExplanationWords.Plan(Effect, language),
        ChainLink.Persons => ExplanationWords.Persons(Effect, language),
        ChainLink.Comparison => ExplanationWords.Comparison(Effect, language),
        ChainLink.Balance => ExplanationWords.Balance(Effect, language),
        ChainLink.Estimate => ExplanationWords.Estimate(Effect, language),
        ChainLink.Gate => ExplanationWords.Gate(Release.RuleVersion, language),
        ChainLink.Kronor => ExplanationWords.Kronor(Effect, [.. Costs.Select(c => c.Value)], language),
        ChainLink.Computation => ExplanationWords.Computation(Effect, language),
        _ => throw new ArgumentOutOfRangeException(nameof(link), link, "No link of the chain."),
    };
}
