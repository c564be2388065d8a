using System.Runtime.InteropServices;
using SiOutcomeLab.Statistics;

namespace SiOutcomeLab.Benchmarks.Engine;

/// <summary>Persons as R drew them: ten covariates, treatment, outcome.</summary>
internal sealed record EngineData(DesignMatrix X, bool[] Treated, double[] Outcome, long[] Keys)
{
    private const int Covariates = 10;

    public int Rows => Treated.Length;

    public static EngineData Persons(string folder, int rows)
    {
        var values = Doubles(PersonsPath(folder, rows));
        var columns = new (string, double[])[Covariates];
        for (var j = 0; j < Covariates; j++) columns[j] = ($"x{j + 1}", values.AsSpan(j * rows, rows).ToArray());
        var (treated, keys) = (new bool[rows], new long[rows]);
        for (var i = 0; i < rows; i++) (treated[i], keys[i]) = (values[(Covariates * rows) + i] == 1, i);
        return new EngineData(DesignMatrix.FromColumns(columns), treated, values[((Covariates + 1) * rows)..], keys);
    }

    public static string PersonsPath(string folder, int rows) => Path.Combine(folder, $"persons-{rows}.bin");

    public static string ScoresPath(string folder, int rows) => Path.Combine(folder, $"scores-{rows}.bin");

    public static string PoolPath(string folder) => Path.Combine(folder, "pool.bin");

    public static double[] Doubles(string path) => MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(path)).ToArray();
}
