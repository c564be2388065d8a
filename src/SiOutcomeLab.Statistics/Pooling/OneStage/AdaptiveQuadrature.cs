namespace SiOutcomeLab.Statistics.Pooling.OneStage;

/// <summary>
/// Σ over groups of log ∫ exp(lⱼ(σu)) φ(u) du and its gradient in (b, σ). Nodes are placed around each group's mode and scaled by its
/// curvature; one node is Laplace's approximation. The gradient follows nodes as they move with the parameters, so it is that of the
/// approximation itself. Groups are summed in order: identical bytes with any number of threads.
/// </summary>
internal sealed class AdaptiveQuadrature
{
    private readonly GroupLikelihood _likelihood;
    private readonly double[] _nodes;
    private readonly double[] _logWeights;
    private readonly int? _threads;

    public AdaptiveQuadrature(GroupLikelihood likelihood, int points, int? threads)
    {
        _likelihood = likelihood;
        (_threads, Points) = (threads, points);
        var (nodes, weights) = GaussHermite.Rule(points);
        _nodes = nodes;
        _logWeights = [.. weights.Select((weight, q) => Math.Log(weight) + (nodes[q] * nodes[q]))];
        Modes = new double[likelihood.Groups];
        Curvatures = new double[likelihood.Groups];
    }

    /// <summary>Modes of u at the last evaluation; the start of the next one's search.</summary>
    public double[] Modes { get; }

    /// <summary>Minus the second derivative at the modes.</summary>
    public double[] Curvatures { get; }

    /// <summary>Number of nodes.</summary>
    public int Points { get; }

    /// <summary>Number of parameters: coefficients and σ.</summary>
    public int Size => _likelihood.Coefficients + 1;

    /// <summary>The same likelihood by Laplace's approximation.</summary>
    public AdaptiveQuadrature Laplace() => new(_likelihood, 1, _threads);

    public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        var (p, size) = (_likelihood.Coefficients, Size + 1);
        _likelihood.SetCoefficients(parameters[..p]);
        var sigma = parameters[p];
        var parts = new double[_likelihood.Groups * size];
        Parallel.For(
            0,
            _likelihood.Groups,
            new ParallelOptions { MaxDegreeOfParallelism = _threads ?? Environment.ProcessorCount },
            group => Integrate(group, sigma, parts.AsSpan(group * size, size)));
        gradient.Clear();
        var sum = 0.0;
        for (var at = 0; at < parts.Length; at += size)
        {
            sum += parts[at];
            for (var j = 0; j <= p; j++) gradient[j] += parts[at + 1 + j];
        }

        return sum;
    }

    private void Integrate(int group, double sigma, Span<double> result)
    {
        var p = _likelihood.Coefficients;
        Span<double> d = stackalloc double[3 * p];
        Span<double> modeMoves = stackalloc double[p + 1];
        Span<double> scaleMoves = stackalloc double[p + 1];
        var u = Mode(group, sigma);
        var at = _likelihood.At(group, sigma * u, d);
        var c = 1 + (sigma * sigma * at.Information);
        (Modes[group], Curvatures[group]) = (u, c);
        var scale = 1 / Math.Sqrt(c);
        for (var j = 0; j <= p; j++)
        {
            double move, curved;
            if (j < p)
            {
                move = -sigma * d[p + j] / c;
                curved = (sigma * sigma * d[(2 * p) + j]) + (sigma * sigma * sigma * at.Slope * move);
            }
            else
            {
                move = (at.Score - (sigma * u * at.Information)) / c;
                curved = (2 * sigma * at.Information) + (sigma * sigma * at.Slope * (u + (sigma * move)));
            }

            (modeMoves[j], scaleMoves[j]) = (move, -0.5 * curved * scale / c);
        }

        AddNodes(group, sigma, u, scale, modeMoves, scaleMoves, result);
        for (var j = 0; j <= p; j++) result[j + 1] += scaleMoves[j] / scale;
    }

    private void AddNodes(
        int group,
        double sigma,
        double u,
        double scale,
        ReadOnlySpan<double> modeMoves,
        ReadOnlySpan<double> scaleMoves,
        Span<double> result)
    {
        var p = _likelihood.Coefficients;
        var width = p + 1;
        Span<double> terms = stackalloc double[_nodes.Length];
        Span<double> slopes = stackalloc double[_nodes.Length * width];
        Span<double> d = stackalloc double[p];
        var highest = double.NegativeInfinity;
        for (var q = 0; q < _nodes.Length; q++)
        {
            var step = Math.Sqrt(2) * _nodes[q];
            var x = u + (step * scale);
            var at = _likelihood.At(group, sigma * x, d);
            terms[q] = _logWeights[q] + at.Value - (x * x / 2);
            highest = Math.Max(highest, terms[q]);
            var slope = (sigma * at.Score) - x;
            for (var j = 0; j <= p; j++)
            {
                slopes[(q * width) + j] = (j < p ? d[j] : x * at.Score) + (slope * (modeMoves[j] + (step * scaleMoves[j])));
            }
        }

        var sum = 0.0;
        for (var q = 0; q < terms.Length; q++) sum += terms[q] = Math.Exp(terms[q] - highest);
        result[0] = highest + Math.Log(sum * scale / Math.Sqrt(Math.PI));
        for (var q = 0; q < terms.Length; q++)
        {
            for (var j = 0; j <= p; j++) result[j + 1] += terms[q] / sum * slopes[(q * width) + j];
        }
    }

    // l is concave in the shift, so Newton's steps with halving find the one mode.
    private double Mode(int group, double sigma)
    {
        var u = sigma == 0 ? 0 : Modes[group];
        var at = _likelihood.At(group, sigma * u, default);
        for (var step = 0; step < 100; step++)
        {
            var slope = (sigma * at.Score) - u;
            var move = slope / (1 + (sigma * sigma * at.Information));
            if (Math.Abs(move) <= 1e-11 * (1 + Math.Abs(u))) return u + move;
            var next = _likelihood.At(group, sigma * (u + move), default);
            for (var halving = 0; halving < 40 && next.Value - ((u + move) * (u + move) / 2) < at.Value - (u * u / 2) - 1e-9; halving++)
            {
                move /= 2;
                next = _likelihood.At(group, sigma * (u + move), default);
            }

            (u, at) = (u + move, next);
        }

        return u;
    }
}
