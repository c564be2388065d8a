using SiOutcomeLab.Charts;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Hub.Web.Markup;

namespace SiOutcomeLab.Hub.Web.Effects;

/// <summary>How likely the persons of both groups were to take part, drawn one group against the other.</summary>
internal static class OverlapFigure
{
    public static Node Of(ReleasedEffect e, PageLanguage language)
    {
        if (e.Overlap is not { } bins) return new Fragment();
        if (bins.Count == 0)
        {
            return Tags.P(language.Pick(
                "Hur de två gruppernas sannolikhet att delta är spridd ritas inte: personerna är för få.",
                "How the two groups’ probabilities of taking part are spread is not drawn: the persons are too few."));
        }

        var title = language.Pick("Hur sannolikt det var att delta, i de två grupperna", "How likely taking part was, in the two groups");
        var shared = bins.Sum(b => Math.Min(Share(b.Treated) ?? 0, Share(b.Comparison) ?? 0));
        var percent = language.Charts.Numbers.Percent(Math.Min(1, shared), 0);
        var finding = bins.All(b => b.Treated.IsShown && b.Comparison.IsShown)
            ? language.Pick($"{percent} av grupperna ligger på samma ställen.", $"{percent} of the groups lie in the same places.")
            : language.Pick(
                $"Minst {percent} av grupperna ligger på samma ställen; där det är för få personer visas inget.",
                $"At least {percent} of the groups lie in the same places; where there are too few persons nothing is shown.");
        var data = new OverlapData([.. bins.Select(b => new OverlapBin(b.From, b.To, Share(b.Treated), Share(b.Comparison)))])
        {
            AxisLabel = language.Pick(
                "Benägenhet att delta (0,5: lika trolig som genomsnittet)", "Preference for taking part (0.5: as likely as the average)"),
        };
        return Figure.Of("overlap", title, finding, language, frame => OverlapPlot.Draw(data, frame));
    }

    private static double? Share(Cell cell) => cell.TryGet(out var share) ? share : null;
}
