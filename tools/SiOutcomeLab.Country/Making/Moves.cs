using SiOutcomeLab.Country.Drawing;
using SiOutcomeLab.Country.Places;

namespace SiOutcomeLab.Country.Making;

/// <summary>A person's move to another municipality.</summary>
/// <param name="Quarter">The first quarter in which the person is registered there.</param>
/// <param name="To">The municipality's place in the country's list.</param>
/// <param name="Overlaps">Whether the municipality that was left reports that quarter too.</param>
internal readonly record struct Move(int Quarter, int To, bool Overlaps);

/// <summary>
/// Who moves where. A move is drawn from the person's seed alone, so that a municipality can find those who come to it without making
/// the municipalities that they come from.
/// </summary>
internal sealed class Moves
{
    private const ulong Part = 0x304E;
    private const double WithinCounty = 0.6;
    private readonly CountryRules _rules;
    private readonly IReadOnlyList<Place> _places;
    private readonly long[] _upTo;
    private readonly Dictionary<string, int[]> _ofCounty;

    public Moves(CountryRules rules, IReadOnlyList<Place> places)
    {
        _rules = rules;
        _places = places;
        _upTo = new long[places.Count];
        var sum = 0L;
        for (var i = 0; i < _upTo.Length; i++) _upTo[i] = sum += places[i].Population;
        _ofCounty = Enumerable.Range(0, places.Count).GroupBy(i => places[i].CountyCode).ToDictionary(g => g.Key, g => g.ToArray());
    }

    /// <summary>The move of the person with a seed, from a municipality; null for none.</summary>
    public Move? Of(ulong seed, int from)
    {
        var mixed = Xoshiro.Mix(seed, Part);
        if (Xoshiro.UniformOf(mixed) >= _rules.MoverShare || _rules.Quarters < 6) return null;
        var random = new Xoshiro(mixed);
        var quarter = 4 + random.Whole(_rules.Quarters - 4);
        double near = random.Uniform(), where = random.Uniform();
        var overlaps = random.Uniform() < _rules.OverlapShare;
        var to = near < WithinCounty ? Among(_ofCounty[_places[from].CountyCode], where) : Anywhere(where);
        return to == from ? null : new Move(quarter, to, overlaps);
    }

    private int Anywhere(double draw)
    {
        var at = Array.BinarySearch(_upTo, (long)(draw * _upTo[^1]) + 1);
        return at < 0 ? ~at : at;
    }

    private int Among(int[] near, double draw)
    {
        long sum = 0;
        foreach (var i in near) sum += _places[i].Population;
        var at = (long)(draw * sum);
        foreach (var i in near)
        {
            at -= _places[i].Population;
            if (at < 0) return i;
        }

        return near[^1];
    }
}
