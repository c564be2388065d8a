using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Measures;

namespace SiOutcomeLab.Contract;

/// <summary>Who owns a figure and which way is better, in words.</summary>
internal static class SourceWords
{
    public static BilingualText Nothing { get; } = new("–", "–");

    public static BilingualText None { get; } = new("ingen", "none");

    public static BilingualText TheSender { get; } = new("den som sänder", "the sender");

    public static BilingualText Of(OwningSource source) => source switch
    {
        OwningSource.Municipality => new("kommunen", "the municipality"),
        OwningSource.Region => new("regionen", "the region"),
        OwningSource.SocialInsuranceAgency => new("Försäkringskassan", "the Social Insurance Agency"),
        OwningSource.PublicEmploymentService => new("Arbetsförmedlingen", "the Public Employment Service"),
        OwningSource.TaxAgency => new("Skatteverket", "the Tax Agency"),
        OwningSource.Police => new("Polismyndigheten", "the Police Authority"),
        _ => new("undervisningsdata", "teaching data"),
    };

    public static BilingualText Of(OwningSource owner, IReadOnlyList<OwningSource> also)
    {
        var word = Of(owner);
        if (also.Count == 0) return word;
        return new BilingualText(
            $"{word.Sv}; även {string.Join(", ", also.Select(s => Of(s).Sv))}",
            $"{word.En}; also {string.Join(", ", also.Select(s => Of(s).En))}");
    }

    public static BilingualText Of(MeasureDirection direction) => direction switch
    {
        MeasureDirection.HigherIsBetter => new("högre är bättre", "higher is better"),
        MeasureDirection.LowerIsBetter => new("lägre är bättre", "lower is better"),
        _ => new("neutral", "neutral"),
    };
}
