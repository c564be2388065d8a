using MathNet.Numerics;

namespace SiOutcomeLab.Statistics.Pooling.OneStage;

/// <summary>
/// Poisson counts given each stratum's total: the events among the treated are binomial with log odds θ + log(t₁ / t₀), so each stratum's
/// own rate drops out.
/// </summary>
internal sealed class RateLikelihood : GroupLikelihood
{
    private readonly (double Events, double Total, double Offset, double Constant)[] _strata;
    private double _effect;

    public RateLikelihood(IReadOnlyList<RateTable> strata)
    {
        _strata =
        [
            .. strata.Select(s => (
                (double)s.TreatedEvents,
                (double)s.TreatedEvents + s.ComparisonEvents,
                Math.Log(s.TreatedTime / s.ComparisonTime),
                SpecialFunctions.BinomialLn(s.TreatedEvents + s.ComparisonEvents, s.TreatedEvents)))
        ];
    }

    public override int Groups => _strata.Length;

    public override int Coefficients => 1;

    public override void SetCoefficients(ReadOnlySpan<double> coefficients) => _effect = coefficients[0];

    public override GroupTerms At(int group, double shift, Span<double> derivatives)
    {
        var (events, total, offset, constant) = _strata[group];
        var eta = _effect + shift + offset;
        var decay = Math.Exp(-Math.Abs(eta));
        var p = eta >= 0 ? 1 / (1 + decay) : decay / (1 + decay);
        var spread = total * decay / ((1 + decay) * (1 + decay));
        var value = constant + (events * eta) - (total * (Math.Max(eta, 0) + Math.Log(1 + decay)));
        var terms = new GroupTerms(value, events - (total * p), spread, spread * (1 - (2 * p)));
        Copy(terms, derivatives);
        return terms;
    }
}
