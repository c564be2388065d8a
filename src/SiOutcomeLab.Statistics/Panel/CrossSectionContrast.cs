using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Panel;

/// <summary>
/// Difference in differences of rows that need not be the same units before and after: means of four cells, each comparison cell weighted
/// towards the treated and freed of what covariates predict.
/// </summary>
internal sealed class CrossSectionContrast
{
    private readonly ContrastDesign _design;
    private readonly bool[] _after;
    private readonly double[] _outcome;
    private readonly TreatmentOdds? _odds;
    private readonly double[] _influence;
    private readonly double[] _comparisonWeights;
    private double[] _moved;

    private CrossSectionContrast(ContrastDesign design, bool[] after, double[] outcome, TreatmentOdds? odds)
    {
        (_design, _after, _outcome, _odds) = (design, after, outcome, odds);
        _influence = new double[design.Rows];
        _comparisonWeights = new double[design.Rows];
        _moved = new double[design.Size];
        for (var i = 0; i < design.Rows; i++)
        {
            if (odds is not null && !design.Treated[i] && !PanelContrast.Trimmed(odds.Odds[i]))
            {
                _comparisonWeights[i] = design.Weights[i] * odds.Odds[i];
            }
        }
    }

    /// <summary>Estimates the effect on the treated and each row's influence, scaled so that the squares sum to the variance.</summary>
    public static Estimable<(double Effect, double[] Influence)> Estimate(
        ContrastDesign design, bool[] after, double[] outcome, DifferenceMethod method)
    {
        foreach (var (arm, time) in new[] { (true, true), (true, false), (false, true), (false, false) })
        {
            if (Enumerable.Range(0, design.Rows).Any(i => design.Treated[i] == arm && after[i] == time)) continue;
            return Estimable.Not<(double, double[])>(
                arm ? NotEstimableReason.NoTreated : NotEstimableReason.NoComparison,
                $"There is no {(arm ? "treated" : "comparison")} row {(time ? "after" : "before")}.");
        }

        if (method == DifferenceMethod.OutcomeRegression) return new CrossSectionContrast(design, after, outcome, null).Regression();

        var odds = method == DifferenceMethod.ImprovedDoublyRobust ? TreatmentOdds.Calibrated(design) : TreatmentOdds.Logistic(design);
        return odds.Then(fit => method == DifferenceMethod.InversePropensity
            ? Estimable.Of(new CrossSectionContrast(design, after, outcome, fit).Weighted())
            : new CrossSectionContrast(design, after, outcome, fit).DoublyRobust(method));
    }

    // Sant'Anna and Zhao (2020), eq. 3.4, and eq. 3.5 for the improved form, whose nuisance estimates leave no trace in the influence.
    private Estimable<(double Effect, double[] Influence)> DoublyRobust(DifferenceMethod method)
    {
        var improved = method == DifferenceMethod.ImprovedDoublyRobust;
        var effect = 0.0;
        var everyone = Arm(true, null);
        foreach (var after in new[] { true, false })
        {
            var sign = after ? 1 : -1;
            var weights = improved ? WeightsAt(after) : Arm(false, after);
            var comparison = Fit(weights, after, "comparison");
            if (comparison is NotEstimable<Line> none) return Estimable.Not<(double, double[])>(none.Reason, none.Detail);
            var treated = Fit(Arm(true, after), after, "treated");
            if (treated is NotEstimable<Line> missing) return Estimable.Not<(double, double[])>(missing.Reason, missing.Detail);

            var (c, t) = (((Estimated<Line>)comparison).Value, ((Estimated<Line>)treated).Value);
            var residual = c.Residuals;
            var contrast = _design.Times(Difference(t.Coefficients, c.Coefficients));
            var mean = Arm(true, after);
            effect += sign * (AddMean(sign, mean, residual) - AddMean(-sign, WeightsAt(after), residual, !improved));
            effect += sign * (AddMean(sign, everyone, contrast) - AddMean(-sign, mean, contrast));
            if (improved) continue;

            var atAll = MeanOfColumns(everyone);
            // What comparison coefficients do to both residual means and to the contrast, and what treated ones do to the contrast.
            AddCoefficients(c, sign, Difference(MeanOfColumns(WeightsAt(after)), atAll));
            AddCoefficients(t, sign, Difference(atAll, MeanOfColumns(mean)));
        }

        AddScores();
        return Estimable.Of((effect, _influence));
    }

    private (double Effect, double[] Influence) Weighted()
    {
        var effect = 0.0;
        foreach (var after in new[] { true, false })
        {
            var sign = after ? 1 : -1;
            effect += sign * (AddMean(sign, Arm(true, after), _outcome) - AddMean(-sign, WeightsAt(after), _outcome, estimated: true));
        }

        AddScores();
        return (effect, _influence);
    }

    private Estimable<(double Effect, double[] Influence)> Regression()
    {
        var effect = 0.0;
        var everyone = Arm(true, null);
        foreach (var after in new[] { true, false })
        {
            var sign = after ? 1 : -1;
            var fitted = Fit(Arm(false, after), after, "comparison");
            if (fitted is NotEstimable<Line> none) return Estimable.Not<(double, double[])>(none.Reason, none.Detail);
            var line = ((Estimated<Line>)fitted).Value;
            effect += sign * (AddMean(sign, Arm(true, after), _outcome) - AddMean(-sign, everyone, _design.Times(line.Coefficients)));
            AddCoefficients(line, -sign, MeanOfColumns(everyone));
        }

        return Estimable.Of((effect, _influence));
    }

    /// <summary>A weighted mean; its influence, and where its weights are estimated what they move, goes in with a sign.</summary>
    private double AddMean(int sign, double[] weights, double[] values, bool estimated = false)
    {
        var total = LaneSum.Sum(weights);
        var mean = LaneSum.Dot(weights, values) / total;
        var centred = new double[weights.Length];
        for (var i = 0; i < centred.Length; i++)
        {
            centred[i] = sign * weights[i] * (values[i] - mean) / total;
            _influence[i] += centred[i];
        }

        if (estimated) _moved = [.. _moved.Zip(_design.TransposedTimes(centred), (a, b) => a + b)];
        return mean;
    }

    private void AddScores()
    {
        if (_odds is null) return;
        var carried = _design.Times(_odds.Information.Solve(_moved));
        for (var i = 0; i < carried.Length; i++) _influence[i] += _odds.Scores[i] * carried[i];
    }

    private void AddCoefficients(Line line, int sign, double[] direction)
    {
        var carried = _design.Times(line.Factor.Solve(direction));
        for (var i = 0; i < carried.Length; i++) _influence[i] += sign * carried[i] * line.Weights[i] * line.Residuals[i];
    }

    private Estimable<Line> Fit(double[] weights, bool after, string arm) =>
        _design.Factor(weights, $"{arm} rows {(after ? "after" : "before")}").Map(factor =>
        {
            var residuals = (double[])_outcome.Clone();
            var coefficients = new double[_design.Size];
            var weighted = new double[weights.Length];
            for (var round = 0; round < 2; round++)
            {
                LaneSum.Multiply(weights, residuals, weighted);
                var step = factor.Solve(_design.TransposedTimes(weighted));
                _design.AddTimes(step, -1, residuals);
                for (var j = 0; j < step.Length; j++) coefficients[j] += step[j];
            }

            return new Line(coefficients, residuals, weights, factor);
        });

    private double[] Arm(bool treated, bool? after)
    {
        var weights = new double[_design.Rows];
        for (var i = 0; i < weights.Length; i++)
        {
            if (_design.Treated[i] == treated && (after is null || _after[i] == after)) weights[i] = _design.Weights[i];
        }

        return weights;
    }

    private double[] WeightsAt(bool after) => [.. _comparisonWeights.Select((w, i) => _after[i] == after ? w : 0)];

    private double[] MeanOfColumns(double[] weights)
    {
        var total = LaneSum.Sum(weights);
        return [.. _design.TransposedTimes(weights).Select(sum => sum / total)];
    }

    private static double[] Difference(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x - y)];

    private sealed record Line(double[] Coefficients, double[] Residuals, double[] Weights, Cholesky Factor);
}
