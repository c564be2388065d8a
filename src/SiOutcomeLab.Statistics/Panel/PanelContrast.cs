using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Panel;

/// <summary>
/// Difference in differences of changes between two periods of the same units. What does not depend on the outcome (propensity score,
/// cross-products, what estimating the regression adds to each unit's influence) is made once and used for every pair of periods.
/// </summary>
internal sealed class PanelContrast
{
    /// <summary>Comparison rows with a score from here on get no weight, as in DRDID.</summary>
    public const double TrimmedScore = 0.995;

    private readonly ContrastDesign _design;
    private readonly TreatmentOdds? _odds;
    private readonly Cholesky? _regression;
    private readonly double[] _treatedWeights;
    private readonly double[] _comparisonWeights;
    private readonly double[] _regressionWeights;
    private readonly double[] _carried;
    private readonly double _treatedTotal;
    private readonly double _comparisonTotal;
    private readonly bool _normalised;
    private readonly bool _estimated;
    private readonly double[] _residuals;
    private readonly double[] _scratch;

    private PanelContrast(
        ContrastDesign design, DifferenceMethod method, TreatmentOdds? odds, Cholesky? regression, double[] regressionWeights)
    {
        (_design, _odds, _regression, _regressionWeights) = (design, odds, regression, regressionWeights);
        _normalised = method is DifferenceMethod.DoublyRobust or DifferenceMethod.InversePropensity;
        _estimated = method != DifferenceMethod.ImprovedDoublyRobust;
        (_residuals, _scratch) = (new double[design.Rows], new double[design.Rows]);
        (_treatedWeights, _comparisonWeights) = (new double[design.Rows], new double[design.Rows]);
        for (var i = 0; i < design.Rows; i++)
        {
            if (design.Treated[i]) _treatedWeights[i] = design.Weights[i];
            else if (odds is not null && !Trimmed(odds.Odds[i])) _comparisonWeights[i] = design.Weights[i] * odds.Odds[i];
        }

        _treatedTotal = LaneSum.Sum(_treatedWeights);
        _comparisonTotal = _normalised ? LaneSum.Sum(_comparisonWeights) : _treatedTotal;
        _carried = regression is null || !_estimated ? [] : Carried(regression);
    }

    /// <summary>Comparison rows left out for their high score.</summary>
    public int TrimmedRows => _odds is null ? 0 : _odds.Odds.Where((odds, i) => !_design.Treated[i] && Trimmed(odds)).Count();

    /// <summary>Weight per row, up to one factor per arm; empty of meaning for outcome regression, where it is the arm.</summary>
    public double[] Weights() =>
        [.. _treatedWeights.Select((w, i) => _design.Treated[i] ? w : _odds is null ? _design.Weights[i] : _comparisonWeights[i])];

    public static bool Trimmed(double odds) => odds / (1 + odds) >= TrimmedScore;

    public static Estimable<PanelContrast> From(ContrastDesign design, DifferenceMethod method)
    {
        TreatmentOdds? odds = null;
        if (method != DifferenceMethod.OutcomeRegression)
        {
            var fitted = method == DifferenceMethod.ImprovedDoublyRobust
                ? TreatmentOdds.Calibrated(design)
                : TreatmentOdds.Logistic(design);
            if (fitted is NotEstimable<TreatmentOdds> none) return Estimable.Not<PanelContrast>(none.Reason, none.Detail);
            odds = ((Estimated<TreatmentOdds>)fitted).Value;
        }

        if (method is DifferenceMethod.InversePropensity or DifferenceMethod.HorvitzThompson)
        {
            return Estimable.Of(new PanelContrast(design, method, odds, null, []));
        }

        var weights = new double[design.Rows];
        for (var i = 0; i < weights.Length; i++)
        {
            if (design.Treated[i]) continue;
            weights[i] = design.Weights[i] * (method == DifferenceMethod.ImprovedDoublyRobust ? odds!.Odds[i] : 1);
        }

        return design.Factor(weights, "comparison rows").Map(factor => new PanelContrast(design, method, odds, factor, weights));
    }

    /// <summary>Estimates one pair of periods.</summary>
    /// <param name="change">Outcome after less outcome before, per row.</param>
    /// <param name="influence">Where each row's influence goes, scaled so that the squares sum to the variance.</param>
    /// <returns>The effect on the treated.</returns>
    public double Estimate(ReadOnlySpan<double> change, Span<double> influence)
    {
        change.CopyTo(_residuals);
        if (_regression is not null) Regress();
        var treated = LaneSum.Dot(_treatedWeights, _residuals) / _treatedTotal;
        var comparison = _odds is null ? 0 : LaneSum.Dot(_comparisonWeights, _residuals) / _comparisonTotal;
        var effect = treated - comparison;
        var (centreTreated, centreComparison) = _normalised ? (treated, comparison) : (effect, 0);
        for (var i = 0; i < influence.Length; i++)
        {
            _scratch[i] = _comparisonWeights[i] * (_residuals[i] - centreComparison) / _comparisonTotal;
            influence[i] = (_treatedWeights[i] * (_residuals[i] - centreTreated) / _treatedTotal) - _scratch[i];
        }

        if (_estimated) AddEstimation(influence);
        return effect;
    }

    private void AddEstimation(Span<double> influence)
    {
        if (_regression is not null)
        {
            for (var i = 0; i < influence.Length; i++) influence[i] += _carried[i] * _residuals[i];
        }

        if (_odds is null) return;
        var moved = _odds.Information.Solve(_design.TransposedTimes(_scratch));
        Array.Clear(_scratch);
        _design.AddTimes(moved, 1, _scratch);
        for (var i = 0; i < influence.Length; i++) influence[i] -= _odds.Scores[i] * _scratch[i];
    }

    private void Regress()
    {
        // The second round is iterative refinement of the normal equations.
        for (var round = 0; round < 2; round++)
        {
            LaneSum.Multiply(_regressionWeights, _residuals, _scratch);
            _design.AddTimes(_regression!.Solve(_design.TransposedTimes(_scratch)), -1, _residuals);
        }
    }

    // A comparison row's residual moves the coefficients, and these move both arms' means of residuals.
    private double[] Carried(Cholesky regression)
    {
        var means = _design.TransposedTimes(_treatedWeights);
        var comparison = _design.TransposedTimes(_comparisonWeights);
        for (var j = 0; j < means.Length; j++) means[j] = (means[j] / _treatedTotal) - (comparison[j] / _comparisonTotal);
        var carried = _design.Times(regression.Solve(means));
        for (var i = 0; i < carried.Length; i++) carried[i] *= -_regressionWeights[i];
        return carried;
    }
}
