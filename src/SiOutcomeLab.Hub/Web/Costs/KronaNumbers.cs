using SiOutcomeLab.Charts;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Hub.Web.Words;

namespace SiOutcomeLab.Hub.Web.Costs;

/// <summary>Released kronor as people read them.</summary>
/// <param name="language">In which language.</param>
internal sealed class KronaNumbers(PageLanguage language)
{
    private readonly ReleasedNumbers _numbers = new(language);

    /// <summary>"72 400 kr".</summary>
    public string Sek(Cell cell) => cell.TryGet(out var sek) ? $"{language.Number(sek, 0)} kr" : _numbers.Withheld(cell);

    /// <summary>"72 400 kr (21 900 till 123 000)".</summary>
    public string WithInterval(Cell sek, Cell low, Cell high)
    {
        if (!low.TryGet(out var from) || !high.TryGet(out var to)) return Sek(sek);
        return $"{Sek(sek)} ({language.Number(from, 0)} {language.Pick("till", "to")} {language.Number(to, 0)})";
    }

    /// <summary>A bar of a picture; one that may not be shown says so.</summary>
    public MoneyRow Bar(string label, Cell sek, Cell low, Cell high) => sek.TryGet(out var amount)
        ? new MoneyRow(label, (decimal)amount) { Lower = End(low), Upper = End(high) }
        : new MoneyRow(label, null) { Gap = language.Pick("visas inte", "withheld") };

    /// <summary>The total of a picture: told only where it may be.</summary>
    public MoneyRow Total(ReleasedMoney money) => Bar(language.Pick("tillsammans", "together"), money.Paid, money.Low, money.High);

    private static decimal? End(Cell cell) => cell.TryGet(out var value) ? (decimal)value : null;
}
