using System.Globalization;
using SiOutcomeLab.Statistics;

namespace SiOutcomeLab.Cli.Tests.Analysing;

/// <summary>Lalonde's rows read without the command line's code, for calls of the engine itself.</summary>
internal static class LalondeRows
{
    public static (DesignMatrix Covariates, bool[] Treated, double[] Outcome) Read()
    {
        var rows = File.ReadLines(AnalyseRun.Data("lalonde.csv")).Select(line => line.Split(',').Select(cell => cell.Trim('"')).ToArray()).ToArray();
        var (head, body) = (rows[0], rows[1..]);
        double[] Column(string name) =>
            [.. body.Select(row => double.Parse(row[Array.IndexOf(head, name)], NumberStyles.Float, CultureInfo.InvariantCulture))];
        double[] Race(string level) => [.. body.Select(row => row[Array.IndexOf(head, "race")] == level ? 1.0 : 0.0)];
        var design = DesignMatrix.FromColumns(
        [
            ("age", Column("age")), ("educ", Column("educ")), ("married", Column("married")), ("nodegree", Column("nodegree")),
            ("re74", Column("re74")), ("re75", Column("re75")), ("racehispan", Race("hispan")), ("racewhite", Race("white")),
        ]);
        return (design, [.. Column("treat").Select(value => value == 1)], Column("re78"));
    }

    public static T Value<T>(Estimable<T> answer) =>
        answer.Match(value => value, (reason, detail) => throw new InvalidOperationException($"{reason}: {detail}"));
}
