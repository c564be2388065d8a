using SiOutcomeLab.Country.Drawing;

namespace SiOutcomeLab.Country.Tests.Making;

/// <summary>
/// A second way to live an adult's quarters where only IPS is run: every number of the model written anew, the library's own exponential
/// function, and a list where the generator has arrays.
/// </summary>
internal sealed class SlowAdult
{
    private readonly List<double[]> _starts = [];
    private readonly List<double> _passing = [];
    private readonly List<(double Work, double Support, double Visits)> _noise = [];
    private readonly List<(double[] Work, double[] Support, double Visits)> _draws = [];
    private readonly bool _woman;
    private readonly int _born;
    private readonly bool _single;
    private readonly int _schooling;
    private readonly double _trait;
    private readonly double _response;

    public SlowAdult(ulong seed, int quarters)
    {
        var random = new Xoshiro(seed);
        _woman = random.Uniform() < 0.48;
        _born = 1960 + random.Whole(41);
        random.Uniform();
        _single = random.Uniform() < 0.58;
        var schooling = random.Uniform();
        _schooling = schooling < 0.35 ? 0 : schooling < 0.85 ? 1 : 2;
        random.Uniform();
        _trait = random.Normal();
        _response = 1 + (0.4 * random.Normal()) + (_woman ? 0.15 : -0.15);
        random.Uniform();
        random.Uniform();
        _passing.Add(random.Normal());
        for (var quarter = 0; quarter < quarters; quarter++)
        {
            _starts.Add([random.Uniform(), random.Uniform()]);
            var work = (random.Normal(), new[] { random.Uniform(), random.Uniform(), random.Uniform() });
            var support = (random.Normal(), new[] { random.Uniform(), random.Uniform(), random.Uniform() });
            var visits = (random.Normal(), random.Uniform());
            _noise.Add((work.Item1, support.Item1, visits.Item1));
            _draws.Add((work.Item2, support.Item2, visits.Item2));
            _passing.Add((0.6 * _passing[^1]) + (0.8 * random.Normal()));
        }
    }

    /// <summary>Months of work, months of support and visits, quarter by quarter, when IPS was started in a quarter (null for never).</summary>
    public List<(int Work, int Support, int Visits)> Live(int? start, double multiplier)
    {
        var lived = new List<(int, int, int)>();
        var background = (_single ? 0.3 : 0) + (_schooling == 0 ? 0.4 : 0) + (_woman ? -0.1 : 0.1) + (0.01 * (_born - 1980));
        for (var quarter = 0; quarter < _draws.Count; quarter++)
        {
            var need = (0.8 * _trait) + (0.6 * _passing[quarter]);
            var since = start is { } s ? quarter - s : -1;
            var dose = multiplier * _response * (since < 0 ? 0 : since == 0 ? 0.3 : since == 1 ? 0.6 : 1);
            var work = -1.5 - (0.9 * need) - (0.5 * background) + (0.3 * _noise[quarter].Work) + (0.9 * dose);
            var support = -0.3 + (0.9 * need) + (0.5 * background) + (0.3 * _noise[quarter].Support) - (0.5 * dose);
            var visits = -0.3 + (0.5 * need) + (0.2 * background) + (0.3 * _noise[quarter].Visits) - (0.2 * dose);
            lived.Add((
                _draws[quarter].Work.Count(u => u < 1 / (1 + Math.Exp(-work))),
                _draws[quarter].Support.Count(u => u < 1 / (1 + Math.Exp(-support))),
                Visits(Math.Exp(visits), _draws[quarter].Visits)));
        }

        return lived;
    }

    /// <summary>The quarter in which IPS is started when it may not be before <paramref name="from"/>; null for never.</summary>
    public int? StartFrom(int from, int first, IReadOnlyList<double> constants, double multiplier)
    {
        var lived = Live(null, multiplier);
        for (var quarter = Math.Max(from, first); quarter < first + constants.Count; quarter++)
        {
            var (one, two) = (lived[quarter - 1], lived[quarter - 2]);
            var odds = constants[quarter - first] - (0.1 * (_woman ? 1 : 0)) + (0.3 * (_schooling == 0 ? 1 : 0)) + (0.01 * (_born - 1980))
                - (0.30 * one.Work) + (0.25 * one.Support) + (0.12 * one.Visits) - (0.20 * two.Work) + (0.15 * two.Support) + (0.06 * two.Visits);
            if (_starts[quarter][0] < (one.Work <= 1 ? 1 : 0.25) / (1 + Math.Exp(-odds))) return quarter;
        }

        return null;
    }

    private static int Visits(double mean, double draw)
    {
        var (count, term, sum) = (0, Math.Exp(-mean), Math.Exp(-mean));
        while (draw >= sum)
        {
            count++;
            term = term * mean / count;
            sum += term;
        }

        return count;
    }
}
