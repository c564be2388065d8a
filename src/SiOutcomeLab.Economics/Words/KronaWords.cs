using SiOutcomeLab.Domain;
using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.Prices;

namespace SiOutcomeLab.Economics.Words;

/// <summary>Kronor in text: whole kronor, as they stand; who calls has rounded them.</summary>
internal static class KronaWords
{
    public static BilingualText Of(decimal sek)
    {
        var number = PlainNumber.Fixed((double)sek, 0);
        return new BilingualText($"{number.Sv} kronor", $"{number.En} kronor");
    }

    public static BilingualText Between(decimal low, decimal high, double level)
    {
        var (a, b) = (PlainNumber.Fixed((double)low, 0), Of(high));
        var percent = PlainNumber.Fixed(level * 100, 0);
        return new BilingualText($"{percent.Sv}\u00A0% intervall: {a.Sv} till {b.Sv}", $"{percent.En}% interval: {a.En} to {b.En}");
    }

    public static BilingualText In(PriceLevel level) =>
        new($"i {level.Year} års priser ({level.IndexName.Sv})", $"in {level.Year} prices ({level.IndexName.En})");

    /// <summary>"kommunen 3 000 kronor, regionen 1 000 kronor".</summary>
    public static BilingualText Actors(ShownTable shown) => Join(shown.ByActor.Select(p => (ActorWords.Of(p.Actor), p.Sek)));

    /// <summary>"uppmätt 3 000 kronor, antaget 1 000 kronor".</summary>
    public static BilingualText Marks(ShownTable shown) => Join(shown.ByProvenance.Select(p => (ActorWords.Of(p.Provenance), p.Sek)));

    private static BilingualText Join(IEnumerable<(BilingualText Name, decimal Sek)> parts)
    {
        var texts = parts.Select(p => (p.Name, Amount: Of(p.Sek))).ToList();
        return new BilingualText(
            string.Join(", ", texts.Select(t => $"{t.Name.Sv} {t.Amount.Sv}")),
            string.Join(", ", texts.Select(t => $"{t.Name.En} {t.Amount.En}")));
    }
}
