namespace SiOutcomeLab.Statistics.Tests.Effects;

/// <summary>Estimating equations written out from their definitions; coefficients in the covariates' own units.</summary>
internal static class StackedEquations
{
    /// <summary>θ = logistic coefficients (4), mean treated, mean comparison.</summary>
    public static Func<double[], int, double[]> InversePropensity(Simulated data, Estimand estimand) => (theta, i) =>
    {
        double[] x = [1, .. data.X.Row(i)];
        double t = data.Treated[i] ? 1 : 0, y = data.Outcome[i], e = Score(theta, x);
        var w = estimand switch
        {
            Estimand.Treated => (t * 1) + ((1 - t) * e / (1 - e)),
            Estimand.Everyone => (t / e) + ((1 - t) / (1 - e)),
            _ => (t * (1 - e)) + ((1 - t) * e)
        };
        return [.. x.Select(value => (t - e) * value), t * w * (y - theta[4]), (1 - t) * w * (y - theta[5])];
    };

    /// <summary>θ = tilting coefficients without intercept (3), treated means (3), mean treated, mean comparison.</summary>
    public static Func<double[], int, double[]> EntropyBalancing(Simulated data) => (theta, i) =>
    {
        var x = data.X.Row(i).ToArray();
        double t = data.Treated[i] ? 1 : 0, y = data.Outcome[i];
        var w = Math.Exp((theta[0] * x[0]) + (theta[1] * x[1]) + (theta[2] * x[2]));
        double[] gap = [x[0] - theta[3], x[1] - theta[4], x[2] - theta[5]];
        return
        [
            .. gap.Select(value => (1 - t) * w * value), .. gap.Select(value => t * value),
            t * (y - theta[6]), (1 - t) * w * (y - theta[7])
        ];
    };

    /// <summary>θ = logistic coefficients (4), outcome coefficients (4), effect.</summary>
    public static Func<double[], int, double[]> Augmented(Simulated data) => (theta, i) =>
    {
        double[] x = [1, .. data.X.Row(i)];
        double t = data.Treated[i] ? 1 : 0, e = Score(theta, x), r = Residual(data, theta, x, i);
        return
        [
            .. x.Select(value => (t - e) * value), .. x.Select(value => (1 - t) * r * value),
            (t * r) - ((1 - t) * e / (1 - e) * r) - (t * theta[8])
        ];
    };

    /// <summary>θ = logistic coefficients (4), outcome coefficients (4), mean residual in either arm.</summary>
    public static Func<double[], int, double[]> AugmentedNormalised(Simulated data) => (theta, i) =>
    {
        double[] x = [1, .. data.X.Row(i)];
        double t = data.Treated[i] ? 1 : 0, e = Score(theta, x), r = Residual(data, theta, x, i);
        return
        [
            .. x.Select(value => (t - e) * value), .. x.Select(value => (1 - t) * r * value),
            t * (r - theta[8]), (1 - t) * e / (1 - e) * (r - theta[9])
        ];
    };

    private static double Score(double[] theta, double[] x) =>
        1 / (1 + Math.Exp(-((theta[0] * x[0]) + (theta[1] * x[1]) + (theta[2] * x[2]) + (theta[3] * x[3]))));

    private static double Residual(Simulated data, double[] theta, double[] x, int i) =>
        data.Outcome[i] - ((theta[4] * x[0]) + (theta[5] * x[1]) + (theta[6] * x[2]) + (theta[7] * x[3]));
}
