using SiOutcomeLab.Statistics;

namespace SiOutcomeLab.Reference.Tests.Pooling;

/// <summary>27 865 simulated persons in 98 groups.</summary>
internal static class Municipalities
{
    public static readonly ReferenceTable Persons = ReferenceTable.Read("muni_individuals.csv");
    public static readonly ReferenceTable Groups = ReferenceTable.Read("muni_benchmark.csv");
    public static readonly int[] Codes = [.. Persons.Numbers("muni").Select(code => (int)code)];
    public static readonly double[] X = Persons.Numbers("x");
    public static readonly double[] Z = Persons.Numbers("z");
    public static readonly bool[] Events = Persons.Flags("event");
    public static readonly double[] Wage = Persons.Numbers("wage");
    public static readonly DesignMatrix Covariates = DesignMatrix.FromColumns([("x", X), ("z", Z)]);
    public static readonly int[] Sizes = [.. Groups.Numbers("n").Select(n => (int)n)];
    public static readonly int[] Counts = [.. Groups.Numbers("O").Select(n => (int)n)];
}
