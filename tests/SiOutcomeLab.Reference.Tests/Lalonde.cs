using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Reference.Tests;

/// <summary>The National Supported Work sample with PSID comparison rows, in the file's order, race dummies against black.</summary>
internal static class Lalonde
{
    public static readonly ReferenceTable File = ReferenceTable.Read("lalonde.csv");
    public static readonly ReferenceTable Units = ReferenceTable.Read("lalonde_units.csv");
    public static readonly string[] Ids = File.Text("id");
    public static readonly string[] Race = File.Text("race");
    public static readonly bool[] Treated = File.Flags("treat");
    public static readonly double[] Outcome = File.Numbers("re78");
    public static readonly long[] OrderKey = [.. Enumerable.Range(0, File.Count).Select(i => (long)i)];

    public static readonly DesignMatrix Covariates = DesignMatrix.FromColumns(
    [
        ("age", File.Numbers("age")), ("educ", File.Numbers("educ")), ("racehispan", Dummy("hispan")), ("racewhite", Dummy("white")),
        ("married", File.Numbers("married")), ("nodegree", File.Numbers("nodegree")), ("re74", File.Numbers("re74")),
        ("re75", File.Numbers("re75"))
    ]);

    public static readonly PropensityFit Fit = Value(new LogisticRegression().Fit(Covariates, Treated));

    public static double[] Dummy(string race) => [.. Race.Select(value => value == race ? 1.0 : 0.0)];

    public static T Value<T>(Estimable<T> answer) =>
        answer.Match(value => value, (reason, detail) => throw new InvalidOperationException($"{reason}: {detail}"));
}
