using SiOutcomeLab.Statistics.Sensitivity;

namespace SiOutcomeLab.Reference.Tests.Sensitivity;

/// <summary>Least squares of 1978 earnings on treatment and covariates, with three benchmarks up to three times as strong.</summary>
internal static class LalondeRegression
{
    public static readonly string[] Benchmarks = ["married", "re74", "educ"];

    public static readonly OmittedVariableBiasResult Result = Lalonde.Value(OmittedVariableBiasRegression.Analyse(
        Lalonde.Outcome,
        [.. Lalonde.Treated.Select(treated => treated ? 1.0 : 0.0)],
        Lalonde.Covariates,
        [.. Benchmarks.Select(name => (name, (IReadOnlyList<string>)[name]))],
        [1, 2, 3]));
}
