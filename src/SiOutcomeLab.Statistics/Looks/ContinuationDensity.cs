using MathNet.Numerics.Distributions;
using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Statistics.Looks;

/// <summary>
/// The statistic Z at one look among those paths that have not stopped, as values of its sub-density on a grid, and the step to the next
/// look (Armitage, McPherson and Rowe 1969, JRSS A 132(2), p. 235–244; Jennison and Turnbull 2000, Group Sequential Methods, §19.2). Z
/// at information t has mean η√t and variance 1, with independent increments of √t Z. The grid is Gauss–Legendre panels as wide as the
/// narrowest of the normal curves multiplied there, where the book has Simpson's rule: fewer points, and five digits more.
/// </summary>
internal sealed class ContinuationDensity
{
    // Sixteen points on four standard deviations of a normal curve are good to some 1e-13, and beyond ten there is nothing.
    private const double PanelWidth = 4;
    private const double Reach = 10;
    private const int MostPanels = 500;

    private static readonly double SquareRootOfTwoPi = Math.Sqrt(2 * Math.PI);

    private readonly double _information;
    private readonly double _drift;
    private readonly double[] _nodes;
    private readonly double[] _masses;

    private ContinuationDensity(double information, double drift, double[] nodes, double[] masses)
    {
        (_information, _drift, _nodes, _masses) = (information, drift, nodes, masses);
    }

    /// <summary>Before any look: everything stands at zero information.</summary>
    public static ContinuationDensity Start(double drift) => new(0, drift, [0], [1]);

    /// <summary>Probability of not having stopped yet and having Z ≥ bound at the next look.</summary>
    public double Above(double information, double bound) => Tail(information, bound, 1);

    /// <summary>Probability of not having stopped yet and having Z ≤ bound at the next look.</summary>
    public double Below(double information, double bound) => Tail(information, bound, -1);

    /// <summary>The density at the next look among paths that go on, with Z between the bounds.</summary>
    /// <param name="information">Information at the next look.</param>
    /// <param name="lower">Lower bound there.</param>
    /// <param name="upper">Upper bound there.</param>
    /// <param name="following">Information at the look after it: how sharp the next step will be.</param>
    public ContinuationDensity Next(double information, double lower, double upper, double following)
    {
        var increment = information - _information;
        var scale = Math.Sqrt(Math.Min(increment, following - information) / information);
        var (nodes, weights) = Grid(_drift * Math.Sqrt(information), lower, upper, scale);
        var (from, to, noise) = (Math.Sqrt(_information), Math.Sqrt(information), Math.Sqrt(increment));
        var factor = to / (noise * SquareRootOfTwoPi);
        for (var k = 0; k < nodes.Length; k++)
        {
            var score = (nodes[k] * to) - (_drift * increment);
            var density = 0.0;
            for (var i = 0; i < _nodes.Length; i++)
            {
                var distance = (score - (_nodes[i] * from)) / noise;
                density += _masses[i] * Math.Exp(-0.5 * distance * distance);
            }

            weights[k] *= factor * density;
        }

        return new ContinuationDensity(information, _drift, nodes, weights);
    }

    private double Tail(double information, double bound, int sign)
    {
        if (double.IsInfinity(bound)) return bound > 0 == sign > 0 ? 0 : _masses.Sum();

        var increment = information - _information;
        var (from, to, noise) = (Math.Sqrt(_information), Math.Sqrt(information), Math.Sqrt(increment));
        var sum = 0.0;
        for (var i = 0; i < _nodes.Length; i++)
        {
            var distance = ((bound * to) - (_nodes[i] * from) - (_drift * increment)) / noise;
            sum += _masses[i] * Normal.CDF(0, 1, -sign * distance);
        }

        return sum;
    }

    private static (double[] Nodes, double[] Weights) Grid(double mean, double lower, double upper, double scale)
    {
        var (from, to) = (Math.Max(lower, mean - Reach), Math.Min(upper, mean + Reach));
        if (!(to > from)) return ([], []);

        var panels = (int)Math.Min(MostPanels, Math.Ceiling((to - from) / (PanelWidth * Math.Min(1, scale))));
        var half = (to - from) / panels / 2;
        var nodes = new double[panels * GaussLegendre.Points];
        var weights = new double[nodes.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            var (node, weight) = GaussLegendre.Rule[i % GaussLegendre.Points];
            nodes[i] = from + (half * ((2 * (i / GaussLegendre.Points)) + 1 + node));
            weights[i] = half * weight;
        }

        return (nodes, weights);
    }
}
